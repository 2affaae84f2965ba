// Built by scripts/frontend from 9aaa4d2ca3b1cb22b4390b2fb4d5b44fb65d6be96ca5455525558ae2c6318900; do not edit. Contains Lit: Copyright Google LLC, BSD-3-Clause.
var ce=globalThis,ue=ce.ShadowRoot&&(ce.ShadyCSS===void 0||ce.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,De=Symbol(),it=new WeakMap,Y=class{constructor(t,e,s){if(this._$cssResult$=!0,s!==De)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=t,this.t=e}get styleSheet(){let t=this.o,e=this.t;if(ue&&t===void 0){let s=e!==void 0&&e.length===1;s&&(t=it.get(e)),t===void 0&&((this.o=t=new CSSStyleSheet).replaceSync(this.cssText),s&&it.set(e,t))}return t}toString(){return this.cssText}},ot=n=>new Y(typeof n=="string"?n:n+"",void 0,De),g=(n,...t)=>{let e=n.length===1?n[0]:t.reduce((s,r,i)=>s+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(r)+n[i+1],n[0]);return new Y(e,n,De)},at=(n,t)=>{if(ue)n.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let e of t){let s=document.createElement("style"),r=ce.litNonce;r!==void 0&&s.setAttribute("nonce",r),s.textContent=e.cssText,n.appendChild(s)}},je=ue?n=>n:n=>n instanceof CSSStyleSheet?(t=>{let e="";for(let s of t.cssRules)e+=s.cssText;return ot(e)})(n):n;var{is:Kt,defineProperty:Zt,getOwnPropertyDescriptor:Yt,getOwnPropertyNames:Xt,getOwnPropertySymbols:es,getPrototypeOf:ts}=Object,pe=globalThis,lt=pe.trustedTypes,ss=lt?lt.emptyScript:"",rs=pe.reactiveElementPolyfillSupport,X=(n,t)=>n,Fe={toAttribute(n,t){switch(t){case Boolean:n=n?ss:null;break;case Object:case Array:n=n==null?n:JSON.stringify(n)}return n},fromAttribute(n,t){let e=n;switch(t){case Boolean:e=n!==null;break;case Number:e=n===null?null:Number(n);break;case Object:case Array:try{e=JSON.parse(n)}catch{e=null}}return e}},ct=(n,t)=>!Kt(n,t),dt={attribute:!0,type:String,converter:Fe,reflect:!1,useDefault:!1,hasChanged:ct};Symbol.metadata??=Symbol("metadata"),pe.litPropertyMetadata??=new WeakMap;var T=class extends HTMLElement{static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(t,e=dt){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(t,e),!e.noAccessor){let s=Symbol(),r=this.getPropertyDescriptor(t,s,e);r!==void 0&&Zt(this.prototype,t,r)}}static getPropertyDescriptor(t,e,s){let{get:r,set:i}=Yt(this.prototype,t)??{get(){return this[e]},set(o){this[e]=o}};return{get:r,set(o){let c=r?.call(this);i?.call(this,o),this.requestUpdate(t,c,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(t){return this.elementProperties.get(t)??dt}static _$Ei(){if(this.hasOwnProperty(X("elementProperties")))return;let t=ts(this);t.finalize(),t.l!==void 0&&(this.l=[...t.l]),this.elementProperties=new Map(t.elementProperties)}static finalize(){if(this.hasOwnProperty(X("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(X("properties"))){let e=this.properties,s=[...Xt(e),...es(e)];for(let r of s)this.createProperty(r,e[r])}let t=this[Symbol.metadata];if(t!==null){let e=litPropertyMetadata.get(t);if(e!==void 0)for(let[s,r]of e)this.elementProperties.set(s,r)}this._$Eh=new Map;for(let[e,s]of this.elementProperties){let r=this._$Eu(e,s);r!==void 0&&this._$Eh.set(r,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(t){let e=[];if(Array.isArray(t)){let s=new Set(t.flat(1/0).reverse());for(let r of s)e.unshift(je(r))}else t!==void 0&&e.push(je(t));return e}static _$Eu(t,e){let s=e.attribute;return s===!1?void 0:typeof s=="string"?s:typeof t=="string"?t.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(t=>this.enableUpdating=t),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(t=>t(this))}addController(t){(this._$EO??=new Set).add(t),this.renderRoot!==void 0&&this.isConnected&&t.hostConnected?.()}removeController(t){this._$EO?.delete(t)}_$E_(){let t=new Map,e=this.constructor.elementProperties;for(let s of e.keys())this.hasOwnProperty(s)&&(t.set(s,this[s]),delete this[s]);t.size>0&&(this._$Ep=t)}createRenderRoot(){let t=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return at(t,this.constructor.elementStyles),t}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(t=>t.hostConnected?.())}enableUpdating(t){}disconnectedCallback(){this._$EO?.forEach(t=>t.hostDisconnected?.())}attributeChangedCallback(t,e,s){this._$AK(t,s)}_$ET(t,e){let s=this.constructor.elementProperties.get(t),r=this.constructor._$Eu(t,s);if(r!==void 0&&s.reflect===!0){let i=(s.converter?.toAttribute!==void 0?s.converter:Fe).toAttribute(e,s.type);this._$Em=t,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(t,e){let s=this.constructor,r=s._$Eh.get(t);if(r!==void 0&&this._$Em!==r){let i=s.getPropertyOptions(r),o=typeof i.converter=="function"?{fromAttribute:i.converter}:i.converter?.fromAttribute!==void 0?i.converter:Fe;this._$Em=r;let c=o.fromAttribute(e,i.type);this[r]=c??this._$Ej?.get(r)??c,this._$Em=null}}requestUpdate(t,e,s,r=!1,i){if(t!==void 0){let o=this.constructor;if(r===!1&&(i=this[t]),s??=o.getPropertyOptions(t),!((s.hasChanged??ct)(i,e)||s.useDefault&&s.reflect&&i===this._$Ej?.get(t)&&!this.hasAttribute(o._$Eu(t,s))))return;this.C(t,e,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(t,e,{useDefault:s,reflect:r,wrapped:i},o){s&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,o??e??this[t]),i!==!0||o!==void 0)||(this._$AL.has(t)||(this.hasUpdated||s||(e=void 0),this._$AL.set(t,e)),r===!0&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let t=this.scheduleUpdate();return t!=null&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[r,i]of this._$Ep)this[r]=i;this._$Ep=void 0}let s=this.constructor.elementProperties;if(s.size>0)for(let[r,i]of s){let{wrapped:o}=i,c=this[r];o!==!0||this._$AL.has(r)||c===void 0||this.C(r,void 0,i,c)}}let t=!1,e=this._$AL;try{t=this.shouldUpdate(e),t?(this.willUpdate(e),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(e)):this._$EM()}catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(e)}willUpdate(t){}_$AE(t){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(t){return!0}update(t){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(t){}firstUpdated(t){}};T.elementStyles=[],T.shadowRootOptions={mode:"open"},T[X("elementProperties")]=new Map,T[X("finalized")]=new Map,rs?.({ReactiveElement:T}),(pe.reactiveElementVersions??=[]).push("2.1.2");var We=globalThis,ut=n=>n,he=We.trustedTypes,pt=he?he.createPolicy("lit-html",{createHTML:n=>n}):void 0,Ve="$lit$",R=`lit$${Math.random().toFixed(9).slice(2)}$`,qe="?"+R,ns=`<${qe}>`,U=document,te=()=>U.createComment(""),se=n=>n===null||typeof n!="object"&&typeof n!="function",Ge=Array.isArray,vt=n=>Ge(n)||typeof n?.[Symbol.iterator]=="function",Be=`[ 	
\f\r]`,ee=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,ht=/-->/g,ft=/>/g,M=RegExp(`>|${Be}(?:([^\\s"'>=/]+)(${Be}*=${Be}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),mt=/'/g,gt=/"/g,yt=/^(?:script|style|textarea|title)$/i,Qe=n=>(t,...e)=>({_$litType$:n,strings:t,values:e}),a=Qe(1),Ms=Qe(2),Ns=Qe(3),S=Symbol.for("lit-noChange"),l=Symbol.for("lit-nothing"),bt=new WeakMap,N=U.createTreeWalker(U,129);function $t(n,t){if(!Ge(n)||!n.hasOwnProperty("raw"))throw Error("invalid template strings array");return pt!==void 0?pt.createHTML(t):t}var wt=(n,t)=>{let e=n.length-1,s=[],r,i=t===2?"<svg>":t===3?"<math>":"",o=ee;for(let c=0;c<e;c++){let d=n[c],p,m,u=-1,f=0;for(;f<d.length&&(o.lastIndex=f,m=o.exec(d),m!==null);)f=o.lastIndex,o===ee?m[1]==="!--"?o=ht:m[1]!==void 0?o=ft:m[2]!==void 0?(yt.test(m[2])&&(r=RegExp("</"+m[2],"g")),o=M):m[3]!==void 0&&(o=M):o===M?m[0]===">"?(o=r??ee,u=-1):m[1]===void 0?u=-2:(u=o.lastIndex-m[2].length,p=m[1],o=m[3]===void 0?M:m[3]==='"'?gt:mt):o===gt||o===mt?o=M:o===ht||o===ft?o=ee:(o=M,r=void 0);let h=o===M&&n[c+1].startsWith("/>")?" ":"";i+=o===ee?d+ns:u>=0?(s.push(p),d.slice(0,u)+Ve+d.slice(u)+R+h):d+R+(u===-2?c:h)}return[$t(n,i+(n[e]||"<?>")+(t===2?"</svg>":t===3?"</math>":"")),s]},re=class n{constructor({strings:t,_$litType$:e},s){let r;this.parts=[];let i=0,o=0,c=t.length-1,d=this.parts,[p,m]=wt(t,e);if(this.el=n.createElement(p,s),N.currentNode=this.el.content,e===2||e===3){let u=this.el.content.firstChild;u.replaceWith(...u.childNodes)}for(;(r=N.nextNode())!==null&&d.length<c;){if(r.nodeType===1){if(r.hasAttributes())for(let u of r.getAttributeNames())if(u.endsWith(Ve)){let f=m[o++],h=r.getAttribute(u).split(R),y=/([.?@])?(.*)/.exec(f);d.push({type:1,index:i,name:y[2],strings:h,ctor:y[1]==="."?me:y[1]==="?"?ge:y[1]==="@"?be:I}),r.removeAttribute(u)}else u.startsWith(R)&&(d.push({type:6,index:i}),r.removeAttribute(u));if(yt.test(r.tagName)){let u=r.textContent.split(R),f=u.length-1;if(f>0){r.textContent=he?he.emptyScript:"";for(let h=0;h<f;h++)r.append(u[h],te()),N.nextNode(),d.push({type:2,index:++i});r.append(u[f],te())}}}else if(r.nodeType===8)if(r.data===qe)d.push({type:2,index:i});else{let u=-1;for(;(u=r.data.indexOf(R,u+1))!==-1;)d.push({type:7,index:i}),u+=R.length-1}i++}}static createElement(t,e){let s=U.createElement("template");return s.innerHTML=t,s}};function L(n,t,e=n,s){if(t===S)return t;let r=s!==void 0?e._$Co?.[s]:e._$Cl,i=se(t)?void 0:t._$litDirective$;return r?.constructor!==i&&(r?._$AO?.(!1),i===void 0?r=void 0:(r=new i(n),r._$AT(n,e,s)),s!==void 0?(e._$Co??=[])[s]=r:e._$Cl=r),r!==void 0&&(t=L(n,r._$AS(n,t.values),r,s)),t}var fe=class{constructor(t,e){this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t){let{el:{content:e},parts:s}=this._$AD,r=(t?.creationScope??U).importNode(e,!0);N.currentNode=r;let i=N.nextNode(),o=0,c=0,d=s[0];for(;d!==void 0;){if(o===d.index){let p;d.type===2?p=new j(i,i.nextSibling,this,t):d.type===1?p=new d.ctor(i,d.name,d.strings,this,t):d.type===6&&(p=new ve(i,this,t)),this._$AV.push(p),d=s[++c]}o!==d?.index&&(i=N.nextNode(),o++)}return N.currentNode=U,r}p(t){let e=0;for(let s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(t,s,e),e+=s.strings.length-2):s._$AI(t[e])),e++}},j=class n{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(t,e,s,r){this.type=2,this._$AH=l,this._$AN=void 0,this._$AA=t,this._$AB=e,this._$AM=s,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode,e=this._$AM;return e!==void 0&&t?.nodeType===11&&(t=e.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(t,e=this){t=L(this,t,e),se(t)?t===l||t==null||t===""?(this._$AH!==l&&this._$AR(),this._$AH=l):t!==this._$AH&&t!==S&&this._(t):t._$litType$!==void 0?this.$(t):t.nodeType!==void 0?this.T(t):vt(t)?this.k(t):this._(t)}O(t){return this._$AA.parentNode.insertBefore(t,this._$AB)}T(t){this._$AH!==t&&(this._$AR(),this._$AH=this.O(t))}_(t){this._$AH!==l&&se(this._$AH)?this._$AA.nextSibling.data=t:this.T(U.createTextNode(t)),this._$AH=t}$(t){let{values:e,_$litType$:s}=t,r=typeof s=="number"?this._$AC(t):(s.el===void 0&&(s.el=re.createElement($t(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===r)this._$AH.p(e);else{let i=new fe(r,this),o=i.u(this.options);i.p(e),this.T(o),this._$AH=i}}_$AC(t){let e=bt.get(t.strings);return e===void 0&&bt.set(t.strings,e=new re(t)),e}k(t){Ge(this._$AH)||(this._$AH=[],this._$AR());let e=this._$AH,s,r=0;for(let i of t)r===e.length?e.push(s=new n(this.O(te()),this.O(te()),this,this.options)):s=e[r],s._$AI(i),r++;r<e.length&&(this._$AR(s&&s._$AB.nextSibling,r),e.length=r)}_$AR(t=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);t!==this._$AB;){let s=ut(t).nextSibling;ut(t).remove(),t=s}}setConnected(t){this._$AM===void 0&&(this._$Cv=t,this._$AP?.(t))}},I=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(t,e,s,r,i){this.type=1,this._$AH=l,this._$AN=void 0,this.element=t,this.name=e,this._$AM=r,this.options=i,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=l}_$AI(t,e=this,s,r){let i=this.strings,o=!1;if(i===void 0)t=L(this,t,e,0),o=!se(t)||t!==this._$AH&&t!==S,o&&(this._$AH=t);else{let c=t,d,p;for(t=i[0],d=0;d<i.length-1;d++)p=L(this,c[s+d],e,d),p===S&&(p=this._$AH[d]),o||=!se(p)||p!==this._$AH[d],p===l?t=l:t!==l&&(t+=(p??"")+i[d+1]),this._$AH[d]=p}o&&!r&&this.j(t)}j(t){t===l?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,t??"")}},me=class extends I{constructor(){super(...arguments),this.type=3}j(t){this.element[this.name]=t===l?void 0:t}},ge=class extends I{constructor(){super(...arguments),this.type=4}j(t){this.element.toggleAttribute(this.name,!!t&&t!==l)}},be=class extends I{constructor(t,e,s,r,i){super(t,e,s,r,i),this.type=5}_$AI(t,e=this){if((t=L(this,t,e,0)??l)===S)return;let s=this._$AH,r=t===l&&s!==l||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,i=t!==l&&(s===l||r);r&&this.element.removeEventListener(this.name,this,s),i&&this.element.addEventListener(this.name,this,t),this._$AH=t}handleEvent(t){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)}},ve=class{constructor(t,e,s){this.element=t,this.type=6,this._$AN=void 0,this._$AM=e,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(t){L(this,t)}},xt={M:Ve,P:R,A:qe,C:1,L:wt,R:fe,D:vt,V:L,I:j,H:I,N:ge,U:be,B:me,F:ve},is=We.litHtmlPolyfillSupport;is?.(re,j),(We.litHtmlVersions??=[]).push("3.3.3");var _t=(n,t,e)=>{let s=e?.renderBefore??t,r=s._$litPart$;if(r===void 0){let i=e?.renderBefore??null;s._$litPart$=r=new j(t.insertBefore(te(),i),i,void 0,e??{})}return r._$AI(n),r};var Je=globalThis,C=class extends T{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}update(t){let e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(t),this._$Do=_t(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return S}};C._$litElement$=!0,C.finalized=!0,Je.litElementHydrateSupport?.({LitElement:C});var os=Je.litElementPolyfillSupport;os?.({LitElement:C});(Je.litElementVersions??=[]).push("4.2.2");async function St(n,t){let{title:e,text:s,yes:r,no:i}=t,o;try{o=(await window.loadCardHelpers?.())?.showConfirmationDialog}catch{}return o?o(n,{title:e,text:s,confirmText:r,dismissText:i,destructive:!0}):window.confirm([e,s].filter(Boolean).join(`
`))}var w="flashforge";function F(n,t){n.dispatchEvent(new CustomEvent("hass-more-info",{bubbles:!0,composed:!0,detail:{entityId:t}}))}function ye(n){history.pushState(null,"",n),window.dispatchEvent(new CustomEvent("location-changed",{detail:{replace:!1}}))}function B(n,t){return n.hassUrl?n.hassUrl(t):t}var as=new Map,At=new Set(["slot","slot_filament","slot_load","slot_unload","slot_material","slot_color","nozzle_n_temperature","nozzle_n_target"]),ls=/_(\d+)(?:_[a-z_]+)?$/,ne=new Map,ie;function Ke(n,t){return(ie?.entities!==n.entities||ie.devices!==n.devices)&&(ie={entities:n.entities,devices:n.devices,all:cs(n)}),t&&ie.all.get(t)||as}function ds(){ie=void 0}function cs(n){let t=new Map,e=new Map;for(let s of Object.values(n.entities)){if(s.platform!==w||!s.translation_key||!s.device_id)continue;let r=kt(n,s.device_id),i=t.get(r)??new Map;t.set(r,i);let o=us(s);if(!At.has(s.translation_key)){i.set(o,s.entity_id);continue}let c=(e.get(r+o)??0)+1;e.set(r+o,c),i.set(`${o}.${ne.get(s.entity_id)??c}`,s.entity_id)}return t}function us(n){return`${n.entity_id.split(".",1)[0]}.${n.translation_key}`}function kt(n,t){let{via_device_id:e,parent_device_id:s}=n.devices[t]??{},r=s??e;return r&&Ct(n.devices[r])?r:t}function Ct(n){return!!n?.identifiers?.some(([t])=>t===w)}async function Et(n){let t=Object.values(n.entities).filter(({entity_id:e,platform:s,translation_key:r})=>s===w&&At.has(r??"")&&!ne.has(e)).map(({entity_id:e})=>e);if(!t.length)return!1;for(let e of t)ne.set(e,null);try{let e=await n.callWS({type:"config/entity_registry/get_entries",entity_ids:t});for(let s of t){let r=ls.exec(e[s]?.unique_id??"")?.[1];r&&ne.set(s,Number(r))}}catch{for(let e of t)ne.delete(e);return!1}return ds(),!0}function V(n,t){return[...n.keys()].filter(e=>e.startsWith(`${t}.`)).map(e=>Number(e.slice(t.length+1))).sort((e,s)=>e-s)}function A(n){return Object.values(n.devices).filter(t=>Ct(t)&&Ke(n,t.id).size>0).sort((t,e)=>W(t).localeCompare(W(e),n.language))}function W(n){return n?.name_by_user||n?.name||""}function oe(n,t){let e=n.entities[t];if(!(e?.platform!==w||!e.device_id))return kt(n,e.device_id)}var Ye=new Map,Ze=new Map;function D(n){let t=Ye.get(n.language);return(e,s)=>t?.(`component.${w}.common.card_${e}`,s)??""}async function ae(n){let{language:t}=n;if(Ye.has(t))return!0;let e=Ze.get(t);e||(e=n.loadBackendTranslation("common",w),Ze.set(t,e));try{return Ye.set(t,await e),!0}catch{return Ze.delete(t),!1}}async function Pt(n,t){let{message:e=String(t),translation_domain:s,translation_key:r,translation_placeholders:i}=t??{};if(e==="Unauthorized")return D(n)("not_allowed")||e;if(!s||!r)return e;try{return(await n.loadBackendTranslation("exceptions",s))(`component.${s}.exceptions.${r}.message`,i)||e}catch{return e}}function Tt(n,t){let{language:e=n.language,time_format:s,time_zone:r}=n.locale??{},i=r==="server"?n.config?.time_zone:void 0;return new Intl.DateTimeFormat(e,{...t,...t.hour&&s==="12"?{hour12:!0}:{},...t.hour&&s==="24"?{hourCycle:"h23"}:{},...i?{timeZone:i}:{}})}var ps=new Set(["unknown","unavailable",""]);var v=new Set(["heating","printing","pausing","paused","canceling"]),hs=["sensor.nozzle_temperature","sensor.nozzle_n_temperature.1","sensor.bed_temperature"],fs={printing:"blue",heating:"blue",calibrating:"blue",busy:"blue",pausing:"amber",paused:"amber",canceling:"amber",completed:"green",canceled:"amber",error:"red"},ms={s:1/60,min:1,h:60,d:1440},x=class{constructor(t,e){this.hass=t;this.id=e;this.found=Ke(t,e)}get exists(){return this.found.size>0}get name(){return W(this.id?this.hass.devices[this.id]:void 0)}entity(t){return this.found.get(t)}state(t){let e=this.found.get(t);return e?this.hass.states[e]:void 0}value(t){let e=this.state(t)?.state;return e===void 0||ps.has(e)?void 0:e}number(t){let e=this.value(t),s=e===void 0?NaN:Number(e);return Number.isFinite(s)?s:void 0}attribute(t,e){return this.state(t)?.attributes[e]}words(t){let e=this.state(t);return e&&this.value(t)!==void 0?this.hass.formatEntityState(e):void 0}attributeWords(t,e){let s=this.state(t),r=s?.attributes[e];return s&&r!==void 0&&r!==null?this.hass.formatEntityAttributeValue(s,e):void 0}get status(){return this.value("sensor.status")??"unknown"}get hasError(){let t=this.value("sensor.error");return this.status==="error"||t!==void 0&&t!=="none"}get color(){return this.hasError&&!this.offline?"red":fs[this.status]??"gray"}get offline(){return this.entity("sensor.status")?this.status==="offline"||this.status==="unknown":hs.every(t=>this.value(t)===void 0)}get minutesLeft(){let t=this.number("sensor.remaining_time"),e=String(this.attribute("sensor.remaining_time","unit_of_measurement")??"min");return t===void 0?void 0:t*(ms[e]??1)}get pending(){return this.attributeWords("sensor.status","pending_command")}get plateOccupied(){return this.value("binary_sensor.plate_occupied")==="on"}};function O(n,t){let e=Math.round(t),[s,r]=[Math.floor(e/60),e%60];return s?n("hours",{hours:String(s),minutes:String(r)}):n("minutes",{minutes:String(r)})}function q(n,t,e=new Date){let s=new Date(t??"");if(Number.isNaN(s.getTime()))return;let r=d=>Tt(n,d),i=r({year:"numeric",month:"numeric",day:"numeric"}),o=i.format(s)===i.format(e),c=Math.abs(s.getTime()-e.getTime())<6*864e5;return r({hour:"numeric",minute:"2-digit",...o?{}:c?{weekday:"short"}:{month:"short",day:"numeric"}}).format(s)}var gs=new URL(import.meta.url).searchParams.get("v"),bs=15*6e4,le,Rt=-1/0;function Ot(n,t=Date.now(),e=gs){return(!le||t-Rt>bs)&&(Rt=t,le=vs(n,e)),le}async function vs(n,t){if(!t)return!1;try{let{version:e}=await n.callWS({type:"flashforge/cards"});return e!==t}catch{return le=void 0,!1}}function Ht(){le=void 0}function Xe(n,t){return[...n].filter(([e])=>t.some(s=>e===s||e.startsWith(`${s}.`))).map(([,e])=>e)}var b=class extends C{constructor(){super();this.language="";this.reconnected=e=>{e.detail==="connected"&&(Ht(),this.entities=void 0,this.requestUpdate("known"))};this.learned=e=>{e&&(this.known+=1)};this.more=e=>()=>{let s=this.printer.entity(e);s&&F(this,s)};this.outdated=!1,this.known=0}static{this.properties={hass:{attribute:!1},printerId:{state:!0},refusal:{state:!0},running:{state:!0},outdated:{state:!0},known:{state:!0}}}setConfig(e){this.printerId=e.printer}get printer(){return new x(this.hass,this.printerId)}get words(){return D(this.hass)}connectedCallback(){super.connectedCallback(),window.addEventListener("connection-status",this.reconnected)}disconnectedCallback(){window.removeEventListener("connection-status",this.reconnected),super.disconnectedCallback()}shouldUpdate(e){if(!this.hass)return!1;if(e.size>1||!e.has("hass"))return!0;let s=e.get("hass");return!s||this.differs(s,this.hass)}differs(e,s){return e.entities!==s.entities||e.devices!==s.devices||e.language!==s.language||e.locale!==s.locale?!0:this.watches().some(r=>e.states[r]!==s.states[r])}watches(){let{found:e}=this.printer;return this.watching?.found!==e&&(this.watching={found:e,ids:Xe(e,this.watched)}),this.watching.ids}willUpdate(){let e=this.hass;e.language!==this.language&&(this.language=e.language,ae(e).then(this.learned)),e.entities!==this.entities&&(this.entities=e.entities,Et(e).then(this.learned)),Ot(e).then(s=>{this.outdated=s})}press(e,s){return this.carryOut(e,["button","press"],s)}async carryOut(e,s,r){let i=this.printer.entity(e);return!i||!this.hass.states[i]?(this.refusal=this.words("gone"),!1):this.call(e,s,{entity_id:i},r)}act(e,s,r){return this.call(e,s,{device_id:this.printerId},r)}async call(e,[s,r,i={}],o,c){if(this.running||(this.refusal=void 0,c&&!await St(this,c)))return!1;this.running=e;try{return await this.hass.callService(s,r,i,o,!1),!0}catch(d){return this.refusal=await Pt(this.hass,d),!1}finally{this.running=void 0}}ask(e,s,r){return{title:e,yes:s,no:this.words("no"),...r?{text:r}:{}}}cancelQuestion(){let e=this.printer.value("sensor.file")??"";return this.ask(this.words("ask_cancel"),this.words("cancel_print"),e)}notices(){let{refusal:e,outdated:s}=this;return!e&&!s?l:a`
      ${s?a`<div class="notice" role="status">
            <ha-icon icon="mdi:refresh"></ha-icon>
            <span>${this.words("outdated")}</span>
            <button class="text" @click=${()=>location.reload()}>${this.words("reload")}</button>
          </div>`:l}
      ${e?a`<div class="notice refusal" role="alert">
            <ha-icon icon="mdi:alert-circle-outline"></ha-icon>
            <span>${e}</span>
            <button
              class="icon"
              aria-label=${this.words("dismiss")}
              @click=${()=>{this.refusal=void 0}}
            >
              <ha-icon icon="mdi:close"></ha-icon>
            </button>
          </div>`:l}
    `}nobody(){let e=this.printerId?"removed":"choose";return a`<ha-card><div class="empty">${this.words(e)}</div></ha-card>`}};function H(n){return{printer:A(n)[0]?.id}}function E(){return{schema:[{name:"printer",required:!0,selector:{device:{integration:"flashforge"}}}],computeLabel:()=>{let n=document.querySelector("home-assistant");return n?.hass&&D(n.hass)("printer")||void 0}}}var $=g`
  :host {
    --ff-blue: var(--primary-color, #03a9f4);
    --ff-amber: var(--warning-color, #ffa600);
    --ff-red: var(--error-color, #db4437);
    --ff-green: var(--success-color, #43a047);
    --ff-gray: var(--disabled-text-color, #8a8a8a);
    --ff-now: var(--ff-gray);
    --ff-line: color-mix(in srgb, var(--primary-text-color) 12%, transparent);
    --ff-radius: var(--ha-border-radius-lg, 12px);
    display: block;
    color: var(--primary-text-color);
  }
  .blue {
    --ff-now: var(--ff-blue);
  }
  .amber {
    --ff-now: var(--ff-amber);
  }
  .red {
    --ff-now: var(--ff-red);
  }
  .green {
    --ff-now: var(--ff-green);
  }
  ha-card {
    height: 100%;
    box-sizing: border-box;
    overflow: hidden;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    margin: 0;
    padding: 0;
    cursor: pointer;
    border-radius: var(--ff-radius);
    text-align: start;
    -webkit-tap-highlight-color: transparent;
  }
  button:focus-visible,
  select:focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: 1px;
  }
  button[disabled] {
    cursor: default;
    opacity: 0.5;
  }
  button.icon {
    width: 40px;
    height: 40px;
    flex: none;
    display: grid;
    place-items: center;
    border-radius: 50%;
    color: var(--secondary-text-color);
  }
  button.icon.on {
    color: var(--state-light-active-color, var(--ff-amber));
  }
  @media (hover: hover) {
    button:not([disabled]):hover {
      background: color-mix(in srgb, var(--primary-text-color) 7%, transparent);
    }
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  button.big {
    flex: 1 1 96px;
    min-height: 42px;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    padding: 0 12px;
    background: color-mix(in srgb, var(--ff-now) 18%, transparent);
    font-weight: 500;
    text-align: center;
  }
  button.big ha-icon {
    color: var(--ff-now);
    flex: none;
  }
  @media (hover: hover) {
    button.big:not([disabled]):hover {
      background: color-mix(in srgb, var(--ff-now) 28%, transparent);
    }
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 3px 10px 3px 8px;
    border-radius: 999px;
    background: color-mix(in srgb, var(--ff-now) 18%, transparent);
    font-size: 0.86em;
    font-weight: 500;
    white-space: nowrap;
  }
  .chip::before {
    content: "";
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--ff-now);
  }
  .bar {
    height: 8px;
    border-radius: 4px;
    background: color-mix(in srgb, var(--ff-now) 20%, transparent);
    overflow: hidden;
  }
  .bar > div {
    height: 100%;
    border-radius: 4px;
    background: var(--ff-now);
    transition: width 0.6s ease;
  }
  .bar.waiting > div {
    width: 100%;
    background: repeating-linear-gradient(
      -45deg,
      var(--ff-now) 0 10px,
      color-mix(in srgb, var(--ff-now) 45%, transparent) 10px 20px
    );
    background-size: 28.28px 100%;
    animation: stripes 1.2s linear infinite;
  }
  @keyframes stripes {
    to {
      background-position: 28.28px 0;
    }
  }
  .swatch {
    display: inline-block;
    width: 14px;
    height: 14px;
    flex: none;
    border-radius: 50%;
    background: var(--swatch, transparent);
    box-shadow:
      0 0 0 1px var(--card-background-color, #fff),
      0 0 0 2px var(--ff-line);
  }
  .notice {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 4px 6px 4px 12px;
    min-height: 40px;
    border-radius: var(--ff-radius);
    background: color-mix(in srgb, var(--ff-amber) 18%, transparent);
    line-height: 1.35;
  }
  .notice > span {
    flex: 1;
    padding: 6px 0;
  }
  .notice > ha-icon {
    flex: none;
    color: var(--ff-amber);
  }
  .notice.refusal {
    background: color-mix(in srgb, var(--ff-red) 15%, transparent);
  }
  .notice.refusal > ha-icon {
    color: var(--ff-red);
  }
  button.text {
    min-height: 40px;
    padding: 0 12px;
    font-weight: 500;
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .empty {
    padding: 20px 16px;
    color: var(--secondary-text-color);
    text-align: center;
  }
  .muted {
    color: var(--secondary-text-color);
  }
  @media (prefers-reduced-motion: reduce) {
    .bar > div,
    .bar.waiting > div {
      animation: none;
      transition: none;
    }
  }
`;var $e=class extends b{constructor(){super(...arguments);this.watched=["sensor.status","sensor.progress","sensor.remaining_time"]}static{this.getConfigForm=E}static{this.getStubConfig=H}render(){let{printer:e}=this,s=e.number("sensor.progress"),r=e.minutesLeft,i=v.has(e.status),o=[e.words("sensor.status")??this.words(e.exists?"unknown":"removed"),i&&s!==void 0?`${Math.round(s)} %`:"",i&&r!==void 0?O(this.words,r):""].filter(Boolean);return a`<button class="badge ${e.color}" @click=${this.more("sensor.status")}>
      <ha-icon icon="mdi:printer-3d"></ha-icon>
      <span><small class="muted">${e.name}</small>${o.join(" · ")}</span>
    </button>`}static{this.styles=[$,g`
      .badge {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 40px;
        padding: 0 14px 0 10px;
        border-radius: 20px;
        background: var(--ha-card-background, var(--card-background-color, #fff));
        border: 1px solid var(--ha-card-border-color, var(--divider-color, #e0e0e0));
        box-sizing: border-box;
        font-size: 0.9em;
        line-height: 1.2;
        white-space: nowrap;
      }
      ha-icon {
        color: var(--ff-now);
        --mdc-icon-size: 20px;
      }
      small {
        display: block;
      }
    `]}};var ys=5e3,we=class extends b{constructor(){super();this.watched=["sensor.status","sensor.progress","sensor.remaining_time","camera.camera","switch.camera_power"];this.reveal=()=>{clearTimeout(this.timer),this.bare=!1,this.timer=setTimeout(()=>{this.bare=!0},ys)};this.bare=!1}static{this.properties={...b.properties,bare:{state:!0}}}static{this.getConfigForm=E}static{this.getStubConfig=H}getCardSize(){return 5}getGridOptions(){return{columns:12,rows:"auto",min_columns:6}}connectedCallback(){super.connectedCallback(),this.reveal()}disconnectedCallback(){clearTimeout(this.timer),super.disconnectedCallback()}render(){let{printer:e}=this;return e.exists?a`<ha-card class=${e.color}>
      <div
        class="frame ${this.bare?"bare":""}"
        @pointermove=${this.reveal}
        @pointerdown=${this.reveal}
        @focusin=${this.reveal}
      >
        ${this.view(e)}
      </div>
      ${this.notices()}
    </ha-card>`:this.nobody()}view(e){let s=e.state("camera.camera");if(e.value("switch.camera_power")==="off")return a`<div class="nothing">
        <ha-icon icon="mdi:video-off-outline"></ha-icon>
        <span>${this.words("camera_off")}</span>
        <button
          class="text"
          @click=${()=>this.carryOut("switch.camera_power",["switch","turn_on"])}
        >${this.words("turn_on")}</button>
      </div>`;if(!s||s.state==="unavailable"){let o=e.offline?e.words("sensor.status"):this.words("no_camera");return a`<div class="nothing">
        <ha-icon icon="mdi:video-off-outline"></ha-icon><span>${o}</span>
      </div>`}let i=s.attributes.stream==="in_use";return a`<flashforge-live
        .hass=${this.hass}
        .entity=${s.entity_id}
        .label=${this.words("camera_of",{printer:e.name})}
      >
        <div class="nothing">
          <ha-icon icon="mdi:video-outline"></ha-icon>
          <span>${e.attributeWords("camera.camera","stream")??this.words("camera")}</span>
          ${i?a`<small>${this.words("camera_taken")}</small>`:l}
        </div>
      </flashforge-live>
      ${this.over(e,String(s.attributes.entity_picture??""))}`}over(e,s){let r=e.number("sensor.progress"),i=e.minutesLeft,o=v.has(e.status);return a`<div class="over">
      <span class="chip">${e.words("sensor.status")}</span>
      ${o&&r!==void 0?a`<strong>${Math.round(r)} %</strong>`:l}
      ${o&&i!==void 0?a`<span>${O(this.words,i)}</span>`:l}
      <span class="tools">
        ${s?a`<a
              href=${B(this.hass,s)}
              download="${e.name}.jpg"
              aria-label=${this.words("snapshot")}
              ><ha-icon icon="mdi:camera-outline"></ha-icon
            ></a>`:l}
        <button
          class="icon"
          aria-label=${this.words("full_screen")}
          @click=${()=>{this.renderRoot.querySelector(".frame")?.requestFullscreen?.()}}
        >
          <ha-icon icon="mdi:fullscreen"></ha-icon>
        </button>
      </span>
    </div>`}static{this.styles=[$,g`
      .frame {
        position: relative;
        aspect-ratio: 16 / 9;
        background: #111;
        color: #fff;
      }
      .nothing {
        position: absolute;
        inset: 0;
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: 8px;
        padding: 16px;
        text-align: center;
      }
      .over {
        position: absolute;
        inset-inline: 0;
        inset-block-end: 0;
        display: flex;
        align-items: center;
        gap: 10px;
        padding: 24px 6px 4px 12px;
        background: linear-gradient(transparent, rgb(0 0 0 / 75%) 60%);
        transition: opacity 0.4s;
      }
      .chip {
        background: rgb(0 0 0 / 60%);
      }
      .bare .over {
        opacity: 0;
      }
      .over:focus-within {
        opacity: 1;
      }
      .tools {
        margin-inline-start: auto;
        display: flex;
      }
      .tools > *,
      button.icon {
        width: 40px;
        height: 40px;
        display: grid;
        place-items: center;
        color: #fff;
      }
      .text:focus-visible,
      a:focus-visible {
        outline: 2px solid #fff;
        border-radius: 50%;
      }
      .notice {
        margin: 8px;
      }
    `]}};var xe=class extends b{constructor(){super(...arguments);this.watched=["sensor.status","sensor.progress","sensor.remaining_time","sensor.finish_time","sensor.file","sensor.error","sensor.offline_reason","binary_sensor.plate_occupied"]}setConfig(e){super.setConfig(e),this.path=e.path}static{this.getConfigForm=E}static{this.getStubConfig=H}getCardSize(){return 2}getGridOptions(){return{columns:6,rows:2,min_columns:6,min_rows:2}}open(){let e=this.printer.entity("sensor.status");this.path?ye(this.path):e&&F(this,e)}render(){let{printer:e}=this;if(!e.exists)return this.nobody();let s=v.has(e.status),r=e.number("sensor.progress"),i=s&&r!==void 0?Math.round(r):void 0,o=s?e.minutesLeft:void 0;return a`<ha-card class=${e.color}>
      <button class="all" @click=${this.open}>
        <span class="top">
          <ha-icon icon="mdi:printer-3d"></ha-icon>
          <span class="name">${e.name}</span>
          ${i===void 0?l:a`<strong>${i} %</strong>`}
        </span>
        <span class="line">
          ${e.entity("sensor.status")?a`<span class="chip">${e.words("sensor.status")??this.words("unknown")}</span>`:l}
          ${o===void 0?l:a`<span class="muted">${O(this.words,o)}</span>`}
        </span>
        <span class="line muted">${this.detail()}</span>
        ${i===void 0?l:a`<span class="bar" role="progressbar" aria-label=${this.words("progress")}
              aria-valuemin="0" aria-valuemax="100" aria-valuenow=${i}
              ><div style="width:${i}%"></div
            ></span>`}
      </button>
    </ha-card>`}detail(){let{printer:e}=this;if(e.offline){let s=e.value("sensor.offline_reason"),r=q(this.hass,e.state("sensor.status")?.last_changed);return s&&s!=="none"?e.words("sensor.offline_reason")??"":r?this.words("off_since",{time:r}):""}return e.hasError?e.words("sensor.error")??this.words("error"):e.plateOccupied&&!v.has(e.status)?this.words("plate"):e.value("sensor.file")??""}static{this.styles=[$,g`
      :host {
        height: 100%;
      }
      .all {
        width: 100%;
        height: 100%;
        min-height: 112px;
        box-sizing: border-box;
        padding: 10px 14px;
        display: flex;
        flex-direction: column;
        justify-content: space-between;
        gap: 4px;
      }
      .top,
      .line {
        display: flex;
        align-items: center;
        gap: 8px;
        min-width: 0;
        width: 100%;
      }
      .line {
        justify-content: space-between;
        font-size: 0.93em;
      }
      .line.muted {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        min-height: 1.3em;
      }
      .top ha-icon {
        color: var(--ff-now);
        flex: none;
      }
      .name {
        flex: 1;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-weight: 500;
      }
      span.bar {
        display: block;
        width: 100%;
        flex: none;
        height: 6px;
      }
    `]}};var _e={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Se=n=>(...t)=>({_$litDirective$:n,values:t}),G=class{constructor(t){}get _$AU(){return this._$AM._$AU}_$AT(t,e,s){this._$Ct=t,this._$AM=e,this._$Ci=s}_$AS(t,e){return this.update(t,e)}update(t,e){return this.render(...e)}};var{I:$s}=xt,zt=n=>n;var Mt=()=>document.createComment(""),Q=(n,t,e)=>{let s=n._$AA.parentNode,r=t===void 0?n._$AB:t._$AA;if(e===void 0){let i=s.insertBefore(Mt(),r),o=s.insertBefore(Mt(),r);e=new $s(i,o,n,n.options)}else{let i=e._$AB.nextSibling,o=e._$AM,c=o!==n;if(c){let d;e._$AQ?.(n),e._$AM=n,e._$AP!==void 0&&(d=n._$AU)!==o._$AU&&e._$AP(d)}if(i!==r||c){let d=e._$AA;for(;d!==i;){let p=zt(d).nextSibling;zt(s).insertBefore(d,r),d=p}}}return e},z=(n,t,e=n)=>(n._$AI(t,e),n),ws={},Nt=(n,t=ws)=>n._$AH=t,Ut=n=>n._$AH,Ae=n=>{n._$AR(),n._$AA.remove()};var Lt=(n,t,e)=>{let s=new Map;for(let r=t;r<=e;r++)s.set(n[r],r);return s},It=Se(class extends G{constructor(n){if(super(n),n.type!==_e.CHILD)throw Error("repeat() can only be used in text expressions")}dt(n,t,e){let s;e===void 0?e=t:t!==void 0&&(s=t);let r=[],i=[],o=0;for(let c of n)r[o]=s?s(c,o):o,i[o]=e(c,o),o++;return{values:i,keys:r}}render(n,t,e){return this.dt(n,t,e).values}update(n,[t,e,s]){let r=Ut(n),{values:i,keys:o}=this.dt(t,e,s);if(!Array.isArray(r))return this.ut=o,i;let c=this.ut??=[],d=[],p,m,u=0,f=r.length-1,h=0,y=i.length-1;for(;u<=f&&h<=y;)if(r[u]===null)u++;else if(r[f]===null)f--;else if(c[u]===o[h])d[h]=z(r[u],i[h]),u++,h++;else if(c[f]===o[y])d[y]=z(r[f],i[y]),f--,y--;else if(c[u]===o[y])d[y]=z(r[u],i[y]),Q(n,d[y+1],r[u]),u++,y--;else if(c[f]===o[h])d[h]=z(r[f],i[h]),Q(n,r[u],r[f]),f--,h++;else if(p===void 0&&(p=Lt(o,h,y),m=Lt(c,u,f)),p.has(c[u]))if(p.has(c[f])){let P=m.get(o[h]),Ie=P!==void 0?r[P]:null;if(Ie===null){let nt=Q(n,r[u]);z(nt,i[h]),d[h]=nt}else d[h]=z(Ie,i[h]),Q(n,r[u],Ie),r[P]=null;h++}else Ae(r[f]),f--;else Ae(r[u]),u++;for(;h<=y;){let P=Q(n,d[y+1]);z(P,i[h]),d[h++]=P}for(;u<=f;){let P=r[u++];P!==null&&Ae(P)}return this.ut=o,Nt(n,d),S}});var Dt="important",xs=" !"+Dt,jt=Se(class extends G{constructor(n){if(super(n),n.type!==_e.ATTRIBUTE||n.name!=="style"||n.strings?.length>2)throw Error("The `styleMap` directive must be used in the `style` attribute and must be the only part in the attribute.")}render(n){return Object.keys(n).reduce((t,e)=>{let s=n[e];return s==null?t:t+`${e=e.includes("-")?e:e.replace(/(?:^(webkit|moz|ms|o)|)(?=[A-Z])/g,"-$&").toLowerCase()}:${s};`},"")}update(n,[t]){let{style:e}=n.element;if(this.ft===void 0)return this.ft=new Set(Object.keys(t)),this.render(t);for(let s of this.ft)t[s]==null&&(this.ft.delete(s),s.includes("-")?e.removeProperty(s):e[s]=null);for(let s in t){let r=t[s];if(r!=null){this.ft.add(s);let i=typeof r=="string"&&r.endsWith(xs);s.includes("-")||i?e.setProperty(s,i?r.slice(0,-11):r,i?Dt:""):e[s]=r}}return S}});var _s=/^#[0-9a-f]{6}$/i;function k(n){let t=V(n.found,"sensor.slot").map(s=>Ft(n,s)),e=Ft(n,0);return e.material||!t.length&&n.state("sensor.direct_feed")?[...t,e]:t}function Ft(n,t){let e=t?`sensor.slot.${t}`:"sensor.direct_feed",s=String(n.attribute(e,"color")??""),r=n.number("sensor.active_slot");return{number:t,key:e,color:_s.test(s)?s:void 0,colorName:n.attributeWords(e,"color_name"),material:Ss(n.attribute(e,"material")),empty:n.attribute(e,"loaded")===!1,active:r===t&&(t>0||r!==void 0)}}function Ss(n){return typeof n=="string"&&n?n:void 0}function J(n,{material:t,colorName:e,empty:s}){return s?n("empty"):t?e&&!t.includes(e)?`${t} ${e}`:t:n("no_label")}function K({color:n,empty:t}){return a`<span
    aria-hidden="true"
    class="swatch ${t?"hollow":""}"
    style=${jt(n&&!t?{"--swatch":n}:{})}
  >${n||t?l:"?"}</span>`}function ke(n){return`printer-${n.slice(-12)}`}var Ce=class extends b{constructor(){super(...arguments);this.watched=["sensor.status","sensor.remaining_time","sensor.error","sensor.slot","sensor.direct_feed","binary_sensor.plate_occupied"];this.views=!1}setConfig(e){this.views=e.views===!0}static getStubConfig(){return{}}getCardSize(){return 6}getGridOptions(){return{columns:"full",rows:"auto"}}watches(){let{entities:e,devices:s}=this.hass;if(this.seen?.entities!==e||this.seen.devices!==s){let r=A(this.hass).flatMap(({id:i})=>Xe(new x(this.hass,i).found,this.watched));this.seen={entities:e,devices:s,ids:r}}return this.seen.ids}shouldUpdate(e){let s=super.shouldUpdate(e);if(!s&&this.hass)for(let r of this.renderRoot.querySelectorAll("flashforge-compact-card"))r.hass=this.hass;return s}render(){let e=this.hass,s=A(e).map(({id:i})=>new x(e,i));if(!s.length)return a`<ha-card><div class="empty">${this.words("no_printers")}</div></ha-card>`;let r=location.pathname.split("/")[1]??"";return a`
      ${this.notices()} ${this.summary(s)}
      <div class="grid">
        ${It([...s].sort(ks),({id:i})=>i,({id:i})=>a`<flashforge-compact-card
            .printerId=${i}
            .path=${this.views?`/${r}/${ke(i)}`:`/config/devices/device/${i}`}
            .hass=${e}
          ></flashforge-compact-card>`)}
      </div>
      ${this.loaded(s)}
    `}summary(e){let s=new Map;for(let i of e){let o=As(i);s.set(o,(s.get(o)??0)+1)}let r={waiting:"amber",working:"blue",ready:"green",off:""};return a`<div class="summary">
      ${Object.keys(r).map(i=>{let o=s.get(i);return o?a`<span class="chip ${r[i]}">${this.words(`farm_${i}`,{count:String(o)})}</span>`:l})}
    </div>`}loaded(e){let s=new Map;for(let r of e)for(let i of r.offline?[]:k(r)){if(i.empty||!i.material)continue;let o=J(this.words,i),c=s.get(o)??{spool:i,where:new Set};s.set(o,c),c.where.add(r.name)}return s.size?a`<ha-card>
      <div class="loaded">
        <span class="muted">${this.words("loaded")}</span>
        <ul>
          ${[...s].sort(([r],[i])=>r.localeCompare(i)).map(([r,{spool:i,where:o}])=>a`<li>
              ${K(i)} <span>${r}</span>
              <small class="muted">${[...o].join(", ")}</small>
            </li>`)}
        </ul>
      </div>
    </ha-card>`:l}static{this.styles=[$,g`
      :host {
        display: flex;
        flex-direction: column;
        gap: 16px;
      }
      .summary {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        font-size: 1.1em;
      }
      .grid {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr));
        gap: 12px;
      }
      .loaded {
        padding: 12px 16px;
      }
      ul {
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr));
        gap: 8px 16px;
      }
      li {
        display: flex;
        align-items: center;
        gap: 8px;
        min-width: 0;
      }
    `]}};function et(n){return n.offline?6:n.hasError?0:n.status==="paused"?1:v.has(n.status)?3:n.plateOccupied||n.status==="completed"?2:n.status==="idle"?5:4}function As(n){let t=et(n);return t<3?"waiting":t<5?"working":t===5?"ready":"off"}function ks(n,t){let e=r=>r.minutesLeft??1/0;return et(n)-et(t)||(v.has(n.status)&&e(n)!==e(t)?e(n)-e(t):0)}var Bt=[["sensor.nozzle_temperature","number.nozzle_target","mdi:printer-3d-nozzle-heat"],["sensor.bed_temperature","number.bed_target","mdi:radiator"],["sensor.chamber_temperature","number.chamber_target","mdi:cube-scan"]],Ee=class extends b{constructor(){super();this.watched=["sensor.status","sensor.progress","sensor.remaining_time","sensor.finish_time","sensor.file","sensor.current_layer","sensor.total_layers","sensor.last_print","sensor.error","sensor.material","sensor.upload_progress","sensor.offline_reason","sensor.nozzle_n_temperature","number.nozzle_n_target","binary_sensor.plate_occupied","light.light","switch.power","camera.camera","image.job_thumbnail",...Bt.flatMap(([e,s])=>[e,s])];this.live=!1}static{this.properties={...b.properties,live:{state:!0}}}static{this.getConfigForm=E}static{this.getStubConfig=H}getCardSize(){return 6}getGridOptions(){return{columns:12,rows:"auto",min_columns:6}}render(){let{printer:e}=this;return e.exists?a`<ha-card class=${e.color}>
      <div class="card">
        ${this.header(e)} ${this.notices()} ${this.trouble(e)}
        ${this.upload(e)} ${this.job(e)} ${this.temperatures(e)}
        ${this.buttons(e)}
      </div>
    </ha-card>`:this.nobody()}header(e){let s=e.value("light.light"),r=e.value("switch.power");return a`<div class="header">
      <button
        class="name"
        aria-label=${this.words("open_device",{printer:e.name})}
        @click=${()=>ye(`/config/devices/device/${this.printerId}`)}
      >
        <ha-icon icon="mdi:printer-3d"></ha-icon>
        <span>${e.name}</span>
      </button>
      ${e.entity("sensor.status")?a`<button class="state" @click=${this.more("sensor.status")}>
            <span class="chip">${e.words("sensor.status")??this.words("unknown")}</span>
          </button>`:l}
      <span class="tools">
        ${s===void 0?l:a`<button
              class="icon ${s}"
              aria-pressed=${s==="on"}
              aria-label=${this.words("light")}
              @click=${()=>this.carryOut("light.light",["light","toggle"])}
            >
              <ha-icon icon=${s==="on"?"mdi:lightbulb":"mdi:lightbulb-outline"}></ha-icon>
            </button>`}
        ${r===void 0?l:a`<button
              class="icon"
              aria-pressed=${r==="on"}
              aria-label=${this.words("power")}
              @click=${()=>this.togglePower(r==="on")}
            >
              <ha-icon icon="mdi:power"></ha-icon>
            </button>`}
      </span>
    </div>`}togglePower(e){let s=e?this.ask(this.words("ask_power",{printer:this.printer.name}),this.words("turn_off")):void 0;this.carryOut("switch.power",["switch",e?"turn_off":"turn_on"],s)}trouble(e){let{pending:s}=e;if(e.offline){let r=q(this.hass,e.state("sensor.status")?.last_changed),i=e.value("sensor.offline_reason"),o=i&&i!=="none"?e.words("sensor.offline_reason"):void 0;return!o&&!r?l:a`<div class="said">
        ${o?a`<strong>${o}</strong>`:l}
        ${r?a`<span class="muted">${this.words("off_since",{time:r})}</span>`:l}
      </div>`}if(e.hasError){let r=e.attribute("sensor.error","code"),i=e.attributeWords("sensor.error","cure");return a`<button class="said wrong" @click=${this.more("sensor.error")}>
        <strong>${e.words("sensor.error")??this.words("error")}</strong>
        ${i?a`<span>${i}</span>`:l}
        ${r?a`<small>${String(r)}</small>`:l}
      </button>`}return s?a`<div class="said"><span>${this.words("waits",{command:s})}</span></div>`:l}upload(e){let s=e.number("sensor.upload_progress");if(s===void 0)return l;let r=String(e.attribute("sensor.upload_progress","file")??"");return a`<div class="blue upload">
      <div class="row"><span class="cut">${this.words("uploading",{file:r})}</span><span>${s} %</span></div>
      ${this.bar(s,this.words("uploading",{file:r}))}
    </div>`}bar(e,s,r=!1){return a`<div
      class="bar ${r?"waiting":""}"
      role="progressbar"
      aria-label=${s}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${e??l}
    >
      <div style=${r?"":`width:${e??0}%`}></div>
    </div>`}job(e){let{status:s}=e,r=v.has(s),i=r?void 0:e.value("sensor.last_print"),o=i??e.value("sensor.file"),c=s==="completed"||s==="canceled",d=this.picture(e);if(!o&&!r)return l;let p=e.number("sensor.progress");return a`<div class="job ${r||c?"":"small"}">
      ${d}
      <div class="facts">
        ${o?a`<button class="file" @click=${this.more("sensor.file")}>
              ${r||c?l:a`<small class="muted">${this.words("last_print")}</small>`}
              <span>${o}</span>
            </button>`:l}
        ${r&&p!==void 0?a`<button class="percent" @click=${this.more("sensor.progress")}>${Math.round(p)} %</button>`:l}
        ${r?this.bar(p,this.words("progress"),s==="heating"):l}
        ${r?this.times(e):i?this.summary(e):l}
      </div>
    </div>`}times(e){let s=e.minutesLeft,r=q(this.hass,e.value("sensor.finish_time")),i=e.number("sensor.current_layer"),o=e.number("sensor.total_layers"),c=e.value("sensor.material"),d=[s===void 0?"":this.words("left",{time:O(this.words,s)}),r?this.words("done_at",{time:r}):"",i===void 0||!o?"":this.words("layer",{layer:String(i),layers:String(o)}),c??""].filter(Boolean);return a`<div class="times">${d.map(p=>a`<span>${p}</span>`)}</div>`}summary(e){let s=Number(e.attribute("sensor.last_print","duration")),r=Number(e.attribute("sensor.last_print","filament_weight")),i=e.attribute("sensor.last_print","end"),o=[e.attributeWords("sensor.last_print","result")??"",typeof i=="string"?q(this.hass,i)??"":"",s>0?this.words("took",{time:O(this.words,s/60)}):"",r>0?`${r.toFixed(1)} g`:""].filter(Boolean);return a`<div class="times">${o.map(c=>a`<span>${c}</span>`)}</div>`}picture(e){let s=e.state("camera.camera"),r=!!s&&s.state!=="unavailable",i=e.attribute("image.job_thumbnail","entity_picture"),o=e.value("image.job_thumbnail");if(!r&&!(i&&o))return l;let c=this.live&&r,d=i&&o?a`<img
            alt=${this.words("preview")}
            src=${B(this.hass,`${String(i)}&state=${o}`)}
            @error=${p=>p.target.style.visibility="hidden"}
          />`:a`<ha-icon icon="mdi:cube-outline"></ha-icon>`;return a`<button
      class="picture"
      aria-label=${this.words(c?"show_preview":"show_camera")}
      ?disabled=${!r}
      @click=${()=>{this.live=!c}}
    >
      ${c?a`<flashforge-live
            .hass=${this.hass}
            .entity=${s.entity_id}
            .label=${this.words("camera")}
            >${e.attributeWords("camera.camera","stream")}</flashforge-live
          >`:d}
      ${r?a`<ha-icon class="flip" icon=${c?"mdi:image-outline":"mdi:video-outline"}></ha-icon>`:l}
    </button>`}temperatures(e){if(e.offline)return l;let i=[...V(e.found,"sensor.nozzle_n_temperature").map(o=>[`sensor.nozzle_n_temperature.${o}`,`number.nozzle_n_target.${o}`,"mdi:printer-3d-nozzle-heat",this.words("nozzle_n",{number:String(o)})]),...Bt.map(([o,c,d])=>[o,c,d,this.words(o.slice(7))])].flatMap(([o,c,d,p])=>{let m=e.number(o);if(m===void 0)return[];let u=e.number(c),f=String(e.attribute(o,"unit_of_measurement")??"°"),h=u?`${Math.round(m)} / ${Math.round(u)} ${f}`:`${Math.round(m)} ${f}`;return[a`<button
          class="heat ${u?"hot":""}"
          @click=${this.more(e.entity(c)?c:o)}
        >
          <ha-icon icon=${d}></ha-icon>
          <span><small class="muted">${p} </small>${h}</span>
        </button>`]});return i.length?a`<div class="heats">${i}</div>`:l}buttons(e){let{status:s}=e,r=this.cancelQuestion(),i=[e.offline?l:this.button("button.pause","mdi:pause","amber",s==="printing"||s==="heating"),this.button("button.resume","mdi:play","green",s==="paused"||s==="pausing"),this.button("button.cancel","mdi:stop","red",v.has(s)&&s!=="canceling",r),this.button("button.clear_error","mdi:alert-remove-outline","amber",!e.offline&&e.hasError),this.button("button.clear_plate","mdi:broom","green",!e.offline&&e.plateOccupied&&!v.has(s)),this.button("button.cancel_upload","mdi:upload-off","red",e.number("sensor.upload_progress")!==void 0)].filter(o=>o!==l);return i.length?a`<div class="buttons">${i}</div>`:l}button(e,s,r,i,o){return!i||!this.printer.entity(e)?l:a`<button
      class="big ${r}"
      ?disabled=${this.running!==void 0}
      @click=${()=>this.press(e,o)}
    >
      <ha-icon icon=${this.running===e?"mdi:timer-sand":s}></ha-icon>
      <span>${this.words(e.slice(7))}</span>
    </button>`}static{this.styles=[$,g`
      .card {
        display: flex;
        flex-direction: column;
        gap: 12px;
        padding: 12px 16px 16px;
        container-type: inline-size;
      }
      .header {
        display: flex;
        align-items: center;
        gap: 4px 8px;
        margin-inline: -8px;
      }
      .name {
        display: flex;
        align-items: center;
        gap: 10px;
        min-height: 40px;
        padding: 0 8px;
        flex: 0 1 auto;
        min-width: 0;
        font-size: 1.15em;
        font-weight: 500;
      }
      .name ha-icon {
        color: var(--ff-now);
        flex: none;
      }
      .name span,
      .cut {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .state {
        min-height: 40px;
        padding: 0 2px;
        flex: none;
      }
      .tools {
        margin-inline-start: auto;
        display: flex;
        flex: none;
      }
      .said {
        display: flex;
        flex-direction: column;
        gap: 4px;
        padding: 10px 12px;
        border-radius: var(--ff-radius);
        background: color-mix(in srgb, var(--ff-now) 14%, transparent);
        line-height: 1.35;
      }
      .said.wrong {
        background: color-mix(in srgb, var(--ff-red) 15%, transparent);
        border-inline-start: 4px solid var(--ff-red);
      }
      .row {
        display: flex;
        justify-content: space-between;
        gap: 8px;
      }
      .upload {
        display: grid;
        gap: 6px;
      }
      .job {
        display: flex;
        gap: 16px;
        align-items: stretch;
      }
      .picture {
        position: relative;
        flex: 0 0 36%;
        max-width: 150px;
        aspect-ratio: 1;
        overflow: hidden;
        background: color-mix(in srgb, var(--primary-text-color) 5%, transparent);
        display: grid;
        place-items: center;
        color: var(--secondary-text-color);
      }
      .picture[disabled] {
        opacity: 1;
      }
      .small .picture {
        flex-basis: 80px;
      }
      .picture img {
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
      .flip {
        position: absolute;
        inset-block-end: 6px;
        inset-inline-end: 6px;
        --mdc-icon-size: 18px;
        padding: 4px;
        border-radius: 50%;
        background: color-mix(in srgb, var(--card-background-color, #fff) 80%, transparent);
        color: var(--primary-text-color);
      }
      .facts {
        flex: 1;
        min-width: 0;
        display: flex;
        flex-direction: column;
        justify-content: center;
        gap: 6px;
      }
      .file {
        padding: 2px 0;
        overflow-wrap: anywhere;
        line-height: 1.3;
        font-weight: 500;
      }
      .file small,
      .heat small {
        display: block;
        font-weight: 400;
      }
      .percent {
        align-self: flex-start;
        font-size: 2em;
        line-height: 1.1;
        font-weight: 500;
      }
      .times {
        display: flex;
        flex-wrap: wrap;
        gap: 0 14px;
        color: var(--secondary-text-color);
        line-height: 1.5;
      }
      .heats {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(132px, 1fr));
        gap: 4px 8px;
      }
      .heat {
        display: flex;
        align-items: center;
        gap: 10px;
        min-height: 44px;
        padding: 2px 6px;
        white-space: nowrap;
      }
      .heat ha-icon {
        color: var(--ff-gray);
        flex: none;
      }
      .heat.hot ha-icon {
        color: var(--deep-orange-color, #ff6f22);
      }
      @container (max-width: 300px) {
        .job {
          flex-direction: column;
        }
        .picture {
          max-width: none;
        }
      }
    `]}};var Cs=new Set(["heating","feeding","purging","cutting","retracting"]),Pe=class extends b{constructor(){super(...arguments);this.watched=["sensor.status","sensor.slot","sensor.direct_feed","sensor.active_slot","sensor.station_activity","select.slot_material","select.slot_color","select.direct_feed_material","select.direct_feed_color"]}static{this.properties={...b.properties,open:{state:!0}}}static{this.getConfigForm=E}static getStubConfig(e){let s=A(e);return{printer:(s.find(({id:i})=>k(new x(e,i)).length)??s[0])?.id}}getCardSize(){return 2}getGridOptions(){return{columns:12,rows:"auto",min_columns:6}}render(){let{printer:e}=this;if(!e.exists)return this.nobody();let s=k(e);if(!s.length)return a`<ha-card><div class="empty">${this.words("no_slots")}</div></ha-card>`;let r=s.find(({number:i})=>i===this.open);return a`<ha-card class=${e.color}>
      <div class="card">
        ${this.notices()} ${this.feeding(e)}
        <div class="spools" style="--count:${s.length}">
          ${s.map(i=>this.spool(i))}
        </div>
        ${r?this.sheet(e,r):l}
      </div>
    </ha-card>`}spool(e){let{number:s}=e,r=s?this.words("slot",{number:String(s)}):this.words("external"),i=J(this.words,e);return a`<button
      class="spool ${e.active?"active":""}"
      aria-expanded=${this.open===s}
      @click=${()=>{this.open=this.open===s?void 0:s}}
    >
      ${K(e)}
      <span class="what">${i}</span>
      <small class="muted">${e.active?this.words("in_use"):r}</small>
    </button>`}feeding(e){return!Cs.has(e.value("sensor.station_activity")??"")||v.has(e.status)?l:a`<div class="feed blue">
      <span>${e.words("sensor.station_activity")}</span>
      <div class="bar waiting" role="progressbar" aria-label=${this.words("feeding")}><div></div></div>
      ${e.entity("button.cancel_filament")?a`<button class="text" @click=${()=>this.press("button.cancel_filament")}>
            ${this.words("cancel")}
          </button>`:l}
    </div>`}sheet(e,s){let{number:r}=s;if(e.offline)return a`<p class="muted">${this.words("slots_off")}</p>`;if(v.has(e.status)&&e.status!=="paused")return a`<p class="muted">${this.words("slots_busy")}</p>`;let i=r?"slot":"direct_feed",o=c=>r?`select.${i}_${c}.${r}`:`select.${i}_${c}`;return a`<div class="sheet">
      ${this.choice(e,o("material"),this.words("material"))}
      ${this.choice(e,o("color"),this.words("color"))}
      ${e.entity("button.cancel_filament")?a`<div class="buttons">
            ${this.feed("load_filament","mdi:download",r)}
            ${this.feed("unload_filament","mdi:upload",r)}
          </div>`:l}
    </div>`}feed(e,s,r){return a`<button
      class="big blue"
      ?disabled=${this.running!==void 0}
      @click=${()=>this.act(e,["flashforge",e,{slot:r}])}
    >
      <ha-icon icon=${this.running===e?"mdi:timer-sand":s}></ha-icon>
      <span>${this.words(e)}</span>
    </button>`}choice(e,s,r){let i=e.state(s),o=i?.attributes.options;if(!i||!Array.isArray(o))return l;let c=async d=>{let p=d.target;await this.carryOut(s,["select","select_option",{option:p.value}])||(p.value=i.state)};return a`<label>
      <span class="muted">${r}</span>
      <select ?disabled=${this.running!==void 0} @change=${c}>
        ${o.includes(i.state)?l:a`<option value="" selected></option>`}
        ${o.map(d=>a`<option value=${d} ?selected=${d===i.state}>
            ${this.hass.formatEntityState(i,d)}
          </option>`)}
      </select>
    </label>`}static{this.styles=[$,g`
      .card {
        display: flex;
        flex-direction: column;
        gap: 10px;
        padding: 12px;
      }
      .spools {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, max(72px, 100% / var(--count) - 8px)), 1fr));
        gap: 8px;
      }
      .spool {
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: 4px;
        padding: 10px 4px;
        min-width: 0;
        text-align: center;
        line-height: 1.25;
      }
      .spool.active {
        background: color-mix(in srgb, var(--ff-blue) 14%, transparent);
      }
      .spool .swatch {
        width: 44px;
        height: 44px;
        display: grid;
        place-items: center;
        margin-bottom: 4px;
        color: var(--secondary-text-color);
        font-size: 1.2em;
        box-shadow:
          inset 0 0 0 15px color-mix(in srgb, var(--swatch, transparent) 100%, transparent),
          0 0 0 2px var(--card-background-color, #fff),
          0 0 0 3px color-mix(in srgb, var(--primary-text-color) 40%, transparent);
        background: var(--swatch, color-mix(in srgb, var(--primary-text-color) 5%, transparent));
      }
      .spool .swatch::after {
        content: "";
        width: 12px;
        height: 12px;
        border-radius: 50%;
        background: var(--card-background-color, #fff);
        box-shadow: 0 0 0 1px color-mix(in srgb, var(--primary-text-color) 40%, transparent);
        grid-area: 1 / 1;
      }
      .spool .swatch:not([style*="swatch"])::after {
        display: none;
      }
      .spool .swatch.hollow {
        background: none;
        box-shadow: none;
        border: 2px dashed var(--ff-gray);
        box-sizing: border-box;
      }
      .what {
        max-width: 100%;
        overflow-wrap: anywhere;
        font-weight: 500;
      }
      .feed {
        display: grid;
        grid-template-columns: auto 1fr auto;
        align-items: center;
        gap: 10px;
      }
      .sheet {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
        gap: 10px;
        padding-top: 10px;
        border-top: 1px solid var(--ff-line);
      }
      .sheet .buttons {
        grid-column: 1 / -1;
      }
      label {
        display: grid;
        gap: 4px;
      }
      select {
        font: inherit;
        color: inherit;
        min-height: 42px;
        padding: 0 8px;
        border: 1px solid var(--ff-line);
        border-radius: 8px;
        background: var(--card-background-color, #fff);
      }
      p {
        margin: 0;
        padding: 4px;
      }
    `]}};function He(n,t){let e=n.entities[t.entity_id??""];return e?.platform===w&&e.translation_key==="status"}function Wt(n,t){if(!He(n,t))return!1;let e=oe(n,t.entity_id);return k(new x(n,e)).length>0}var Te=class extends b{static{this.properties={...b.properties,context:{attribute:!1}}}setConfig(){}shouldUpdate(t){return!this.hass||!this.context?!1:(this.printerId=oe(this.hass,this.context.entity_id??""),super.shouldUpdate(t))}},Re=class extends Te{constructor(){super(...arguments);this.watched=["sensor.status","sensor.file"]}static getStubConfig(){return{type:"custom:flashforge-controls"}}render(){if(!He(this.hass,this.context))return l;let{status:e}=this.printer;return a`<div class="feature">
        ${e==="paused"||e==="pausing"?this.control("button.resume","mdi:play",!0):this.control("button.pause","mdi:pause",e==="printing"||e==="heating")}
        ${this.control("button.cancel","mdi:stop",v.has(e)&&e!=="canceling")}
      </div>
      ${this.notices()}`}control(e,s,r){if(!this.printer.entity(e))return l;let i=e==="button.cancel"?this.cancelQuestion():void 0;return a`<button
      aria-label=${this.words(e.slice(7))}
      ?disabled=${!r||this.running!==void 0}
      @click=${()=>this.press(e,i)}
    >
      <ha-icon icon=${this.running===e?"mdi:timer-sand":s}></ha-icon>
    </button>`}static{this.styles=[$,g`
      .feature {
        display: flex;
        gap: var(--feature-button-spacing, 12px);
        height: var(--feature-height, 42px);
      }
      .feature button {
        flex: 1;
        display: grid;
        place-items: center;
        border-radius: var(--feature-border-radius, 12px);
        background: color-mix(in srgb, var(--primary-text-color) 7%, transparent);
      }
      .notice {
        margin-top: 8px;
      }
    `]}},Oe=class extends Te{constructor(){super(...arguments);this.watched=["sensor.slot","sensor.direct_feed","sensor.active_slot"]}static getStubConfig(){return{type:"custom:flashforge-swatches"}}render(){let e=k(this.printer);return e.length?a`<div class="feature">
      ${e.map(s=>{let r=J(this.words,s),i=s.number?this.words("slot",{number:String(s.number)}):this.words("external");return a`<button
          class=${s.active?"active":""}
          aria-label=${`${i}: ${r}`}
          title=${r}
          @click=${()=>{let o=this.printer.entity(s.key);o&&F(this,o)}}
        >
          ${K(s)}
        </button>`})}
    </div>`:l}static{this.styles=[$,g`
      .feature {
        display: flex;
        gap: 8px;
        height: var(--feature-height, 42px);
      }
      button {
        flex: 1;
        display: grid;
        place-items: center;
        border-radius: var(--feature-border-radius, 12px);
        background: color-mix(in srgb, var(--primary-text-color) 4%, transparent);
      }
      button.active {
        box-shadow: inset 0 0 0 2px var(--ff-blue);
      }
      .swatch {
        width: 24px;
        height: 24px;
        text-align: center;
        color: var(--secondary-text-color);
        box-shadow: 0 0 0 1px color-mix(in srgb, var(--primary-text-color) 40%, transparent);
      }
      .swatch.hollow {
        box-shadow: none;
        border: 2px dashed var(--ff-gray);
        box-sizing: border-box;
      }
    `]}};function _(n,t){customElements.get(n)||customElements.define(n,t)}function Z(n,...t){let e=window,s=e[n]??=[];for(let r of t)s.some(({type:i})=>i===r.type)||s.push(r)}var ze=class extends C{constructor(){super();this.onScreen=!0;this.look=()=>{let e=this.isConnected&&this.onScreen&&!document.hidden;this.visible&&!e&&this.stop(),!this.visible&&e&&(this.failed=!1),this.visible=e};this.label="",this.visible=!1,this.failed=!1}static{this.properties={hass:{attribute:!1},entity:{},label:{},visible:{state:!0},failed:{state:!0}}}connectedCallback(){super.connectedCallback(),document.addEventListener("visibilitychange",this.look),typeof IntersectionObserver<"u"&&(this.onScreen=!1,this.observer=new IntersectionObserver(e=>{this.onScreen=e.some(({isIntersecting:s})=>s),this.look()}),this.observer.observe(this)),this.look()}disconnectedCallback(){document.removeEventListener("visibilitychange",this.look),this.observer?.disconnect(),this.stop(),super.disconnectedCallback()}stop(){this.source=void 0,this.visible=!1,this.renderRoot?.querySelector("img")?.setAttribute("src","")}shouldUpdate(e){return e.size>1||!e.has("hass")?!0:e.get("hass")?.states[this.entity??""]!==this.hass?.states[this.entity??""]}willUpdate(e){e.has("entity")&&(this.source=void 0);let s=this.hass?.states[this.entity??""]?.attributes.access_token;if(!this.visible||this.source||!s)return;let r=`/api/camera_proxy_stream/${this.entity}?token=${String(s)}`;this.source=B(this.hass,r)}fail(){this.failed=!0,this.source=void 0}render(){return!this.visible||this.failed||!this.source?a`<slot></slot>`:a`${this.source?a`<img alt=${this.label} src=${this.source} @error=${this.fail} />`:l}`}static{this.styles=g`
    :host {
      display: grid;
      place-items: center;
      width: 100%;
      height: 100%;
      min-height: 60px;
      overflow: hidden;
    }
    img {
      width: 100%;
      height: 100%;
      object-fit: cover;
      display: block;
    }
  `}};var Vt={type:"entity"},qt=[{type:"numeric-input",style:"buttons"}],Es=[{type:"numeric-input",style:"slider"}],tt=[{type:"fan-speed"}],Gt=[{type:"select-options"}],st=class{constructor(t,e,s){this.words=s;this.printer=new x(t,e??A(t)[0]?.id)}card(t){return{type:`custom:flashforge-${t}-card`,printer:this.printer.id}}section(t,e,s){let r=s.filter(o=>o!==void 0);return r.length?[{type:"grid",cards:[{type:"heading",heading:this.words(t),icon:e},...r]}]:[]}tile(t,e,s=6){let r=this.printer.entity(t);if(r)return{type:"tile",entity:r,name:Vt,grid_options:{columns:e?12:s},...e?{features:e}:{}}}button(t,e){let s=this.tile(t,void 0,12),r={action:"perform-action",perform_action:"button.press",target:{entity_id:s?.entity},confirmation:{text:this.words(e)}};return s&&{...s,hide_state:!0,tap_action:r,icon_tap_action:r}}numbered(t){return V(this.printer.found,t).map(e=>`${t}.${e}`)}graph(t){let e=t.flatMap(s=>{let r=this.printer.entity(s);return r?[{entity:r,name:Vt}]:[]});if(e.length)return{type:"history-graph",hours_to_show:1,entities:e,grid_options:{columns:12}}}get now(){let t=this.printer.entity("camera.camera");return this.section("now","mdi:printer-3d-nozzle",[this.card("printer"),t?this.card("camera"):void 0])}get filament(){let t=k(this.printer).length>0;return this.section("filament","mdi:palette-swatch",[t?this.card("slots"):void 0])}get temperatures(){let t=[...this.numbered("sensor.nozzle_n_temperature"),"sensor.nozzle_temperature","sensor.bed_temperature","sensor.chamber_temperature"],e=[...this.numbered("number.nozzle_n_target"),"number.nozzle_target","number.bed_target","number.chamber_target"];return this.section("temperatures","mdi:thermometer",[this.graph(t),...e.map(s=>this.tile(s,qt))])}get print(){return this.section("print","mdi:cube-outline",[this.tile("select.print_file",Gt),this.button("button.print_selected_file","ask_print")])}get adjust(){return this.section("adjust","mdi:tune-variant",[this.tile("number.print_speed_factor",Es),this.tile("number.z_offset",qt),this.tile("fan.part_fan",tt),this.tile("fan.left_part_fan",tt),this.tile("fan.chamber_fan",tt),this.tile("select.filtration",Gt),this.tile("switch.auto_power_off",void 0,12)])}get health(){return this.section("health","mdi:heart-pulse",[this.tile("sensor.error",void 0,12),this.tile("sensor.lifetime_print_time"),this.tile("sensor.lifetime_filament"),this.tile("sensor.air_quality"),this.tile("sensor.free_storage"),this.tile("sensor.offline_reason",void 0,12)])}};function Ps(...n){let t=n.flat().flatMap(e=>e.cards);return t.length?[{type:"grid",cards:t}]:[]}async function Qt(n,t){return await ae(t),new st(t,n.printer??n.device_id,D(t))}var Me=class extends HTMLElement{static{this.noEditor=!0}static getCreateSuggestions(){return{title:"3D printers",icon:"mdi:printer-3d"}}static async generate(t,e){await ae(e);let s=D(e),r=A(e),i={title:s("farm"),path:"farm",type:"sections",max_columns:4,sections:[{type:"grid",column_span:4,cards:[{type:"custom:flashforge-farm-card",views:!0}]}]},o=r.map(c=>({title:W(c),path:ke(c.id),strategy:{type:`custom:${w}-printer`,printer:c.id}}));return{views:r.length===1?o:[i,...o]}}},Ne=class extends HTMLElement{static{this.noEditor=!0}static async generate(t,e){let s=await Qt(t,e),{now:r,filament:i,temperatures:o,print:c,adjust:d,health:p}=s;return s.printer.exists?{type:"sections",max_columns:3,dense_section_placement:!0,sections:[...r,...Ps(i,c),...o,...p,...d]}:{type:"sections",sections:[{type:"grid",cards:[s.card("printer")]}]}}},Ue=class extends HTMLElement{static{this.noEditor=!0}static getStubConfig(t){return{type:`custom:${w}-printer`,printer:A(t)[0]?.id}}static async generate(t,e){let s=await Qt(t,e),r={type:"heading",heading:s.printer.name,icon:"mdi:printer-3d-nozzle"},i=["printer",...s.printer.entity("camera.camera")?["camera"]:[]];return k(s.printer).length&&i.push("slots"),{type:"grid",cards:[r,...i.map(o=>s.card(o))]}}};var Le="https://github.com/flashforge-home-assistant/flashforge/blob/main/docs/dashboard.md";_("flashforge-live",ze);_("flashforge-printer-card",Ee);_("flashforge-compact-card",xe);_("flashforge-slots-card",Pe);_("flashforge-camera-card",we);_("flashforge-farm-card",Ce);_("flashforge-controls",Re);_("flashforge-swatches",Oe);_("flashforge-badge",$e);_("ll-strategy-dashboard-flashforge",Me);_("ll-strategy-view-flashforge-printer",Ne);_("ll-strategy-section-flashforge-printer",Ue);var Jt=()=>!0,rt=(...n)=>t=>n.some(e=>t.startsWith(e)),Ts=(n,t)=>(e,s)=>{let r=oe(e,s),i=e.entities[s]?.translation_key??"";return r&&t(i)?{config:{type:`custom:${n}`,printer:r}}:null},de=(n,t,e,s)=>({type:n,name:t,description:e,preview:!0,documentationURL:Le,getEntitySuggestion:Ts(n,s)});Z("customCards",de("flashforge-printer-card","FlashForge printer","A printer, its job, and what can be done now",Jt),de("flashforge-compact-card","FlashForge printer, compact","A printer in two rows",Jt),de("flashforge-slots-card","FlashForge filament","The filament in each slot: label, load and unload it",rt("slot","direct_feed","active_slot","station_activity","material")),de("flashforge-camera-card","FlashForge camera","The camera and the job, live while visible",rt("camera")),{type:"flashforge-farm-card",name:"FlashForge printers",description:"All printers, those that need you first",preview:!0,documentationURL:Le});Z("customBadges",{...de("flashforge-badge","FlashForge printer","A printer in one line",rt("status"))});Z("customCardFeatures",{type:"flashforge-controls",name:"FlashForge pause, resume, cancel",isSupported:He},{type:"flashforge-swatches",name:"FlashForge slots",isSupported:Wt});Z("customStrategies",{type:"flashforge",strategyType:"dashboard",name:"FlashForge",description:"All printers, and a view for each",documentationURL:Le});Z("customStrategies",{type:"flashforge-printer",strategyType:"section",name:"FlashForge printer",description:"The printer, its camera and its filament",documentationURL:Le});
