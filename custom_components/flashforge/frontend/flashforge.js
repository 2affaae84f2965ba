// Built by scripts/frontend from 4decd8651bc621901ef5759a27124620103959d167e70c9fcb4b8326a30fc21f; do not edit. Contains Lit: Copyright Google LLC, BSD-3-Clause.
var dt=globalThis,ct=dt.ShadowRoot&&(dt.ShadyCSS===void 0||dt.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,Vt=Symbol(),de=new WeakMap,X=class{constructor(e,t,s){if(this._$cssResult$=!0,s!==Vt)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(ct&&e===void 0){let s=t!==void 0&&t.length===1;s&&(e=de.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),s&&de.set(t,e))}return e}toString(){return this.cssText}},ce=n=>new X(typeof n=="string"?n:n+"",void 0,Vt),b=(n,...e)=>{let t=n.length===1?n[0]:e.reduce((s,r,i)=>s+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(r)+n[i+1],n[0]);return new X(t,n,Vt)},ue=(n,e)=>{if(ct)n.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(let t of e){let s=document.createElement("style"),r=dt.litNonce;r!==void 0&&s.setAttribute("nonce",r),s.textContent=t.cssText,n.appendChild(s)}},qt=ct?n=>n:n=>n instanceof CSSStyleSheet?(e=>{let t="";for(let s of e.cssRules)t+=s.cssText;return ce(t)})(n):n;var{is:rs,defineProperty:ns,getOwnPropertyDescriptor:is,getOwnPropertyNames:os,getOwnPropertySymbols:as,getPrototypeOf:ls}=Object,ut=globalThis,pe=ut.trustedTypes,ds=pe?pe.emptyScript:"",cs=ut.reactiveElementPolyfillSupport,tt=(n,e)=>n,Gt={toAttribute(n,e){switch(e){case Boolean:n=n?ds:null;break;case Object:case Array:n=n==null?n:JSON.stringify(n)}return n},fromAttribute(n,e){let t=n;switch(e){case Boolean:t=n!==null;break;case Number:t=n===null?null:Number(n);break;case Object:case Array:try{t=JSON.parse(n)}catch{t=null}}return t}},fe=(n,e)=>!rs(n,e),he={attribute:!0,type:String,converter:Gt,reflect:!1,useDefault:!1,hasChanged:fe};Symbol.metadata??=Symbol("metadata"),ut.litPropertyMetadata??=new WeakMap;var O=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=he){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let s=Symbol(),r=this.getPropertyDescriptor(e,s,t);r!==void 0&&ns(this.prototype,e,r)}}static getPropertyDescriptor(e,t,s){let{get:r,set:i}=is(this.prototype,e)??{get(){return this[t]},set(o){this[t]=o}};return{get:r,set(o){let l=r?.call(this);i?.call(this,o),this.requestUpdate(e,l,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??he}static _$Ei(){if(this.hasOwnProperty(tt("elementProperties")))return;let e=ls(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(tt("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(tt("properties"))){let t=this.properties,s=[...os(t),...as(t)];for(let r of s)this.createProperty(r,t[r])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[s,r]of t)this.elementProperties.set(s,r)}this._$Eh=new Map;for(let[t,s]of this.elementProperties){let r=this._$Eu(t,s);r!==void 0&&this._$Eh.set(r,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let s=new Set(e.flat(1/0).reverse());for(let r of s)t.unshift(qt(r))}else e!==void 0&&t.push(qt(e));return t}static _$Eu(e,t){let s=t.attribute;return s===!1?void 0:typeof s=="string"?s:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let s of t.keys())this.hasOwnProperty(s)&&(e.set(s,this[s]),delete this[s]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return ue(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,s){this._$AK(e,s)}_$ET(e,t){let s=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,s);if(r!==void 0&&s.reflect===!0){let i=(s.converter?.toAttribute!==void 0?s.converter:Gt).toAttribute(t,s.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let s=this.constructor,r=s._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let i=s.getPropertyOptions(r),o=typeof i.converter=="function"?{fromAttribute:i.converter}:i.converter?.fromAttribute!==void 0?i.converter:Gt;this._$Em=r;let l=o.fromAttribute(t,i.type);this[r]=l??this._$Ej?.get(r)??l,this._$Em=null}}requestUpdate(e,t,s,r=!1,i){if(e!==void 0){let o=this.constructor;if(r===!1&&(i=this[e]),s??=o.getPropertyOptions(e),!((s.hasChanged??fe)(i,t)||s.useDefault&&s.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(o._$Eu(e,s))))return;this.C(e,t,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:s,reflect:r,wrapped:i},o){s&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,o??t??this[e]),i!==!0||o!==void 0)||(this._$AL.has(e)||(this.hasUpdated||s||(t=void 0),this._$AL.set(e,t)),r===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[r,i]of this._$Ep)this[r]=i;this._$Ep=void 0}let s=this.constructor.elementProperties;if(s.size>0)for(let[r,i]of s){let{wrapped:o}=i,l=this[r];o!==!0||this._$AL.has(r)||l===void 0||this.C(r,void 0,i,l)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(t)):this._$EM()}catch(s){throw e=!1,this._$EM(),s}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};O.elementStyles=[],O.shadowRootOptions={mode:"open"},O[tt("elementProperties")]=new Map,O[tt("finalized")]=new Map,cs?.({ReactiveElement:O}),(ut.reactiveElementVersions??=[]).push("2.1.2");var Jt=globalThis,me=n=>n,pt=Jt.trustedTypes,ge=pt?pt.createPolicy("lit-html",{createHTML:n=>n}):void 0,Kt="$lit$",H=`lit$${Math.random().toFixed(9).slice(2)}$`,Zt="?"+H,us=`<${Zt}>`,D=document,st=()=>D.createComment(""),rt=n=>n===null||typeof n!="object"&&typeof n!="function",Yt=Array.isArray,xe=n=>Yt(n)||typeof n?.[Symbol.iterator]=="function",Qt=`[ 	
\f\r]`,et=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,be=/-->/g,ye=/>/g,L=RegExp(`>|${Qt}(?:([^\\s"'>=/]+)(${Qt}*=${Qt}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),ve=/'/g,we=/"/g,_e=/^(?:script|style|textarea|title)$/i,Xt=n=>(e,...t)=>({_$litType$:n,strings:e,values:t}),a=Xt(1),Ws=Xt(2),Vs=Xt(3),C=Symbol.for("lit-noChange"),c=Symbol.for("lit-nothing"),$e=new WeakMap,I=D.createTreeWalker(D,129);function ke(n,e){if(!Yt(n)||!n.hasOwnProperty("raw"))throw Error("invalid template strings array");return ge!==void 0?ge.createHTML(e):e}var Se=(n,e)=>{let t=n.length-1,s=[],r,i=e===2?"<svg>":e===3?"<math>":"",o=et;for(let l=0;l<t;l++){let d=n[l],p,m,u=-1,f=0;for(;f<d.length&&(o.lastIndex=f,m=o.exec(d),m!==null);)f=o.lastIndex,o===et?m[1]==="!--"?o=be:m[1]!==void 0?o=ye:m[2]!==void 0?(_e.test(m[2])&&(r=RegExp("</"+m[2],"g")),o=L):m[3]!==void 0&&(o=L):o===L?m[0]===">"?(o=r??et,u=-1):m[1]===void 0?u=-2:(u=o.lastIndex-m[2].length,p=m[1],o=m[3]===void 0?L:m[3]==='"'?we:ve):o===we||o===ve?o=L:o===be||o===ye?o=et:(o=L,r=void 0);let h=o===L&&n[l+1].startsWith("/>")?" ":"";i+=o===et?d+us:u>=0?(s.push(p),d.slice(0,u)+Kt+d.slice(u)+H+h):d+H+(u===-2?l:h)}return[ke(n,i+(n[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),s]},nt=class n{constructor({strings:e,_$litType$:t},s){let r;this.parts=[];let i=0,o=0,l=e.length-1,d=this.parts,[p,m]=Se(e,t);if(this.el=n.createElement(p,s),I.currentNode=this.el.content,t===2||t===3){let u=this.el.content.firstChild;u.replaceWith(...u.childNodes)}for(;(r=I.nextNode())!==null&&d.length<l;){if(r.nodeType===1){if(r.hasAttributes())for(let u of r.getAttributeNames())if(u.endsWith(Kt)){let f=m[o++],h=r.getAttribute(u).split(H),v=/([.?@])?(.*)/.exec(f);d.push({type:1,index:i,name:v[2],strings:h,ctor:v[1]==="."?ft:v[1]==="?"?mt:v[1]==="@"?gt:F}),r.removeAttribute(u)}else u.startsWith(H)&&(d.push({type:6,index:i}),r.removeAttribute(u));if(_e.test(r.tagName)){let u=r.textContent.split(H),f=u.length-1;if(f>0){r.textContent=pt?pt.emptyScript:"";for(let h=0;h<f;h++)r.append(u[h],st()),I.nextNode(),d.push({type:2,index:++i});r.append(u[f],st())}}}else if(r.nodeType===8)if(r.data===Zt)d.push({type:2,index:i});else{let u=-1;for(;(u=r.data.indexOf(H,u+1))!==-1;)d.push({type:7,index:i}),u+=H.length-1}i++}}static createElement(e,t){let s=D.createElement("template");return s.innerHTML=e,s}};function j(n,e,t=n,s){if(e===C)return e;let r=s!==void 0?t._$Co?.[s]:t._$Cl,i=rt(e)?void 0:e._$litDirective$;return r?.constructor!==i&&(r?._$AO?.(!1),i===void 0?r=void 0:(r=new i(n),r._$AT(n,t,s)),s!==void 0?(t._$Co??=[])[s]=r:t._$Cl=r),r!==void 0&&(e=j(n,r._$AS(n,e.values),r,s)),e}var ht=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:s}=this._$AD,r=(e?.creationScope??D).importNode(t,!0);I.currentNode=r;let i=I.nextNode(),o=0,l=0,d=s[0];for(;d!==void 0;){if(o===d.index){let p;d.type===2?p=new B(i,i.nextSibling,this,e):d.type===1?p=new d.ctor(i,d.name,d.strings,this,e):d.type===6&&(p=new bt(i,this,e)),this._$AV.push(p),d=s[++l]}o!==d?.index&&(i=I.nextNode(),o++)}return I.currentNode=D,r}p(e){let t=0;for(let s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(e,s,t),t+=s.strings.length-2):s._$AI(e[t])),t++}},B=class n{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,s,r){this.type=2,this._$AH=c,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=s,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=j(this,e,t),rt(e)?e===c||e==null||e===""?(this._$AH!==c&&this._$AR(),this._$AH=c):e!==this._$AH&&e!==C&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):xe(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==c&&rt(this._$AH)?this._$AA.nextSibling.data=e:this.T(D.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:s}=e,r=typeof s=="number"?this._$AC(e):(s.el===void 0&&(s.el=nt.createElement(ke(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===r)this._$AH.p(t);else{let i=new ht(r,this),o=i.u(this.options);i.p(t),this.T(o),this._$AH=i}}_$AC(e){let t=$e.get(e.strings);return t===void 0&&$e.set(e.strings,t=new nt(e)),t}k(e){Yt(this._$AH)||(this._$AH=[],this._$AR());let t=this._$AH,s,r=0;for(let i of e)r===t.length?t.push(s=new n(this.O(st()),this.O(st()),this,this.options)):s=t[r],s._$AI(i),r++;r<t.length&&(this._$AR(s&&s._$AB.nextSibling,r),t.length=r)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let s=me(e).nextSibling;me(e).remove(),e=s}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},F=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,s,r,i){this.type=1,this._$AH=c,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=c}_$AI(e,t=this,s,r){let i=this.strings,o=!1;if(i===void 0)e=j(this,e,t,0),o=!rt(e)||e!==this._$AH&&e!==C,o&&(this._$AH=e);else{let l=e,d,p;for(e=i[0],d=0;d<i.length-1;d++)p=j(this,l[s+d],t,d),p===C&&(p=this._$AH[d]),o||=!rt(p)||p!==this._$AH[d],p===c?e=c:e!==c&&(e+=(p??"")+i[d+1]),this._$AH[d]=p}o&&!r&&this.j(e)}j(e){e===c?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}},ft=class extends F{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===c?void 0:e}},mt=class extends F{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==c)}},gt=class extends F{constructor(e,t,s,r,i){super(e,t,s,r,i),this.type=5}_$AI(e,t=this){if((e=j(this,e,t,0)??c)===C)return;let s=this._$AH,r=e===c&&s!==c||e.capture!==s.capture||e.once!==s.once||e.passive!==s.passive,i=e!==c&&(s===c||r);r&&this.element.removeEventListener(this.name,this,s),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},bt=class{constructor(e,t,s){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(e){j(this,e)}},Ce={M:Kt,P:H,A:Zt,C:1,L:Se,R:ht,D:xe,V:j,I:B,H:F,N:mt,U:gt,B:ft,F:bt},ps=Jt.litHtmlPolyfillSupport;ps?.(nt,B),(Jt.litHtmlVersions??=[]).push("3.3.3");var Ae=(n,e,t)=>{let s=t?.renderBefore??e,r=s._$litPart$;if(r===void 0){let i=t?.renderBefore??null;s._$litPart$=r=new B(e.insertBefore(st(),i),i,void 0,t??{})}return r._$AI(n),r};var te=globalThis,P=class extends O{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Ae(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return C}};P._$litElement$=!0,P.finalized=!0,te.litElementHydrateSupport?.({LitElement:P});var hs=te.litElementPolyfillSupport;hs?.({LitElement:P});(te.litElementVersions??=[]).push("4.2.2");async function Ee(n,e){let{title:t,text:s,yes:r,no:i}=e,o;try{o=(await window.loadCardHelpers?.())?.showConfirmationDialog}catch{}return o?o(n,{title:t,text:s,confirmText:r,dismissText:i,destructive:!0}):window.confirm([t,s].filter(Boolean).join(`
`))}var $="flashforge";function W(n,e){n.dispatchEvent(new CustomEvent("hass-more-info",{bubbles:!0,composed:!0,detail:{entityId:e}}))}function yt(n){history.pushState(null,"",n),window.dispatchEvent(new CustomEvent("location-changed",{detail:{replace:!1}}))}function N(n,e){return n.hassUrl?n.hassUrl(e):e}var fs=new Map,Pe=new Set(["slot","slot_filament","slot_load","slot_unload","slot_material","slot_color","nozzle_n_temperature","nozzle_n_target"]),ms=/_(\d+)(?:_[a-z_]+)?$/,it=new Map,ot;function ee(n,e){return(ot?.entities!==n.entities||ot.devices!==n.devices)&&(ot={entities:n.entities,devices:n.devices,all:bs(n)}),e&&ot.all.get(e)||fs}function gs(){ot=void 0}function bs(n){let e=new Map,t=new Map;for(let s of Object.values(n.entities)){if(s.platform!==$||!s.translation_key||!s.device_id)continue;let r=Te(n,s.device_id),i=e.get(r)??new Map;e.set(r,i);let o=ys(s);if(!Pe.has(s.translation_key)){i.set(o,s.entity_id);continue}let l=(t.get(r+o)??0)+1;t.set(r+o,l),i.set(`${o}.${it.get(s.entity_id)??l}`,s.entity_id)}return e}function ys(n){return`${n.entity_id.split(".",1)[0]}.${n.translation_key}`}function Te(n,e){let{via_device_id:t,parent_device_id:s}=n.devices[e]??{},r=s??t;return r&&Re(n.devices[r])?r:e}function Re(n){return!!n?.identifiers?.some(([e])=>e===$)}async function Oe(n){let e=Object.values(n.entities).filter(({entity_id:t,platform:s,translation_key:r})=>s===$&&Pe.has(r??"")&&!it.has(t)).map(({entity_id:t})=>t);if(!e.length)return!1;for(let t of e)it.set(t,null);try{let t=await n.callWS({type:"config/entity_registry/get_entries",entity_ids:e});for(let s of e){let r=ms.exec(t[s]?.unique_id??"")?.[1];r&&it.set(s,Number(r))}}catch{for(let t of e)it.delete(t);return!1}return gs(),!0}function V(n,e){return[...n.keys()].filter(t=>t.startsWith(`${e}.`)).map(t=>Number(t.slice(e.length+1))).sort((t,s)=>t-s)}function k(n){return Object.values(n.devices).filter(e=>Re(e)&&ee(n,e.id).has("sensor.status")).sort((e,t)=>z(e).localeCompare(z(t),n.language))}function z(n){return n?.name_by_user||n?.name||""}function at(n,e){let t=n.entities[e];if(!(t?.platform!==$||!t.device_id))return Te(n,t.device_id)}var re=new Map,se=new Map;function q(n){let e=re.get(n.language);return(t,s)=>e?.(`component.${$}.common.card_${t}`,s)??""}async function lt(n){let{language:e}=n;if(re.has(e))return!0;let t=se.get(e);t||(t=n.loadBackendTranslation("common",$),se.set(e,t));try{return re.set(e,await t),!0}catch{return se.delete(e),!1}}async function vt(n,e){let{message:t=String(e),translation_domain:s,translation_key:r,translation_placeholders:i}=e??{};if(!s||!r)return t;try{return(await n.loadBackendTranslation("exceptions",s))(`component.${s}.exceptions.${r}.message`,i)||t}catch{return t}}function He(n,e){let{language:t=n.language,time_format:s,time_zone:r}=n.locale??{},i=r==="server"?n.config?.time_zone:void 0;return new Intl.DateTimeFormat(t,{...e,...e.hour&&s==="12"?{hour12:!0}:{},...e.hour&&s==="24"?{hourCycle:"h23"}:{},...i?{timeZone:i}:{}})}var vs=new Set(["unknown","unavailable",""]);var y=new Set(["heating","printing","pausing","paused","canceling"]),ws={printing:"blue",heating:"blue",calibrating:"blue",busy:"blue",pausing:"amber",paused:"amber",canceling:"amber",completed:"green",canceled:"amber",error:"red"},$s={s:1/60,min:1,h:60,d:1440},x=class{constructor(e,t){this.hass=e;this.id=t;this.found=ee(e,t)}get exists(){return this.found.size>0}get name(){return z(this.id?this.hass.devices[this.id]:void 0)}entity(e){return this.found.get(e)}state(e){let t=this.found.get(e);return t?this.hass.states[t]:void 0}value(e){let t=this.state(e)?.state;return t===void 0||vs.has(t)?void 0:t}number(e){let t=this.value(e),s=t===void 0?NaN:Number(t);return Number.isFinite(s)?s:void 0}attribute(e,t){return this.state(e)?.attributes[t]}words(e){let t=this.state(e);return t&&this.value(e)!==void 0?this.hass.formatEntityState(t):void 0}attributeWords(e,t){let s=this.state(e),r=s?.attributes[t];return s&&r!==void 0&&r!==null?this.hass.formatEntityAttributeValue(s,t):void 0}get status(){return this.value("sensor.status")??"unknown"}get hasError(){let e=this.value("sensor.error");return this.status==="error"||e!==void 0&&e!=="none"}get color(){return this.hasError&&!this.offline?"red":ws[this.status]??"gray"}get offline(){return this.status==="offline"||this.status==="unknown"}get minutesLeft(){let e=this.number("sensor.remaining_time"),t=String(this.attribute("sensor.remaining_time","unit_of_measurement")??"min");return e===void 0?void 0:e*($s[t]??1)}get pending(){return this.attributeWords("sensor.status","pending_command")}get plateOccupied(){return this.value("binary_sensor.plate_occupied")==="on"}};function A(n,e){let t=Math.round(e),[s,r]=[Math.floor(t/60),t%60];return s?n("hours",{hours:String(s),minutes:String(r)}):n("minutes",{minutes:String(r)})}function M(n,e,t=new Date){let s=new Date(e??"");if(Number.isNaN(s.getTime()))return;let r=p=>He(n,p),i=r({year:"numeric",month:"numeric",day:"numeric"}),o=i.format(s)===i.format(t),l=Math.abs(s.getTime()-t.getTime())/864e5,d=l<300?{}:{year:"numeric"};return r({hour:"numeric",minute:"2-digit",...o?{}:l<6?{weekday:"short"}:{month:"short",day:"numeric",...d}}).format(s)}var xs=new URL(import.meta.url).searchParams.get("v"),_s=15*6e4,wt,ze=-1/0;function Me(n,e=Date.now(),t=xs){return(!wt||e-ze>_s)&&(ze=e,wt=ks(n,t)),wt}async function ks(n,e){if(!e)return!1;try{let{version:t}=await n.callWS({type:"flashforge/cards"});return t!==e}catch{return!1}}function Ne(){wt=void 0}function ne(n,e){return[...n].filter(([t])=>e.some(s=>t===s||t.startsWith(`${s}.`))).map(([,t])=>t)}var g=class extends P{constructor(){super();this.language="";this.reconnected=t=>{t.detail==="connected"&&(Ne(),this.entities=void 0,this.requestUpdate("known"))};this.learned=t=>{t&&(this.known+=1)};this.more=t=>()=>{let s=this.printer.entity(t);s&&W(this,s)};this.outdated=!1,this.known=0}static{this.properties={hass:{attribute:!1},printerId:{state:!0},refusal:{state:!0},running:{state:!0},outdated:{state:!0},known:{state:!0}}}setConfig(t){this.printerId=t.printer}get printer(){return new x(this.hass,this.printerId)}get words(){return q(this.hass)}connectedCallback(){super.connectedCallback(),window.addEventListener("connection-status",this.reconnected)}disconnectedCallback(){window.removeEventListener("connection-status",this.reconnected),super.disconnectedCallback()}shouldUpdate(t){if(!this.hass)return!1;if(t.size>1||!t.has("hass"))return!0;let s=t.get("hass");return!s||this.differs(s,this.hass)}differs(t,s){return t.entities!==s.entities||t.devices!==s.devices||t.language!==s.language||t.locale!==s.locale?!0:this.watches().some(r=>t.states[r]!==s.states[r])}watches(){let{found:t}=this.printer;return this.watching?.found!==t&&(this.watching={found:t,ids:ne(t,this.watched)}),this.watching.ids}willUpdate(t){let s=this.hass;s.language!==this.language&&(this.language=s.language,lt(s).then(this.learned)),s.entities!==this.entities&&(this.entities=s.entities,Oe(s).then(this.learned),Me(s).then(r=>{this.outdated=r}))}press(t,s){return this.carryOut(t,["button","press"],s)}async carryOut(t,s,r){let i=this.printer.entity(t);return!i||!this.hass.states[i]?(this.refusal=this.words("gone"),!1):this.call(t,s,{entity_id:i},r)}act(t,s,r){return this.call(t,s,{device_id:this.printerId},r)}async call(t,[s,r,i={}],o,l){if(this.running||(this.refusal=void 0,l&&!await Ee(this,l)))return!1;this.running=t;try{return await this.hass.callService(s,r,i,o,!1),!0}catch(d){return this.refusal=await vt(this.hass,d),!1}finally{this.running=void 0}}question(t,s,r){return{title:t,yes:s,no:this.words("no"),...r?{text:r}:{}}}cancelQuestion(){let t=this.printer.value("sensor.file")??"";return this.question(this.words("ask_cancel"),this.words("cancel_print"),t)}notices(){let{refusal:t,outdated:s}=this;return!t&&!s?c:a`
      ${s?a`<div class="notice" role="status">
            <ha-icon icon="mdi:refresh"></ha-icon>
            <span>${this.words("outdated")}</span>
            <button class="text" @click=${()=>location.reload()}>${this.words("reload")}</button>
          </div>`:c}
      ${t?a`<div class="notice refusal" role="alert">
            <ha-icon icon="mdi:alert-circle-outline"></ha-icon>
            <span>${t}</span>
            <button
              class="icon"
              aria-label=${this.words("dismiss")}
              @click=${()=>{this.refusal=void 0}}
            >
              <ha-icon icon="mdi:close"></ha-icon>
            </button>
          </div>`:c}
    `}nobody(){let t=this.printerId?"removed":"choose";return a`<ha-card><div class="empty">${this.words(t)}</div></ha-card>`}};function T(n){return{printer:k(n)[0]?.id}}function S(n=!0){return{schema:[{name:"printer",required:n,selector:{device:{integration:"flashforge"}}}],computeLabel:()=>{let e=document.querySelector("home-assistant");return e?.hass&&q(e.hass)("printer")||void 0}}}var w=b`
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
  select {
    font: inherit;
    color: inherit;
    min-height: 42px;
    padding: 0 8px;
    border: 1px solid var(--ff-line);
    border-radius: 8px;
    background: var(--card-background-color, #fff);
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
`;var $t=class extends g{constructor(){super(...arguments);this.watched=["sensor.status","sensor.progress","sensor.remaining_time"]}static{this.getConfigForm=S}static{this.getStubConfig=T}render(){let{printer:t}=this,s=t.number("sensor.progress"),r=t.minutesLeft,i=y.has(t.status),o=[t.words("sensor.status")??this.words(t.exists?"unknown":"removed"),i&&s!==void 0?`${Math.round(s)} %`:"",i&&r!==void 0?A(this.words,r):""].filter(Boolean);return a`<button class="badge ${t.color}" @click=${this.more("sensor.status")}>
      <ha-icon icon="mdi:printer-3d"></ha-icon>
      <span><small class="muted">${t.name}</small>${o.join(" · ")}</span>
    </button>`}static{this.styles=[w,b`
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
    `]}};var Ss=5e3,xt=class extends g{constructor(){super();this.watched=["sensor.status","sensor.progress","sensor.remaining_time","camera.camera","switch.camera_power"];this.reveal=()=>{clearTimeout(this.timer),this.bare=!1,this.timer=setTimeout(()=>{this.bare=!0},Ss)};this.bare=!1}static{this.properties={...g.properties,bare:{state:!0}}}static{this.getConfigForm=S}static{this.getStubConfig=T}getCardSize(){return 5}getGridOptions(){return{columns:12,rows:"auto",min_columns:6}}connectedCallback(){super.connectedCallback(),this.reveal()}disconnectedCallback(){clearTimeout(this.timer),super.disconnectedCallback()}render(){let{printer:t}=this;return t.exists?a`<ha-card class=${t.color}>
      <div
        class="frame ${this.bare?"bare":""}"
        @pointermove=${this.reveal}
        @pointerdown=${this.reveal}
        @focusin=${this.reveal}
      >
        ${this.view(t)}
      </div>
      ${this.notices()}
    </ha-card>`:this.nobody()}view(t){let s=t.state("camera.camera");if(t.value("switch.camera_power")==="off")return a`<div class="nothing">
        <ha-icon icon="mdi:video-off-outline"></ha-icon>
        <span>${this.words("camera_off")}</span>
        <button
          class="text"
          @click=${()=>this.carryOut("switch.camera_power",["switch","turn_on"])}
        >${this.words("turn_on")}</button>
      </div>`;if(!s||s.state==="unavailable"){let o=t.offline?t.words("sensor.status"):this.words("no_camera");return a`<div class="nothing">
        <ha-icon icon="mdi:video-off-outline"></ha-icon><span>${o}</span>
      </div>`}let i=s.attributes.stream==="in_use";return a`<flashforge-live
        .hass=${this.hass}
        .entity=${s.entity_id}
        .label=${this.words("camera_of",{printer:t.name})}
      >
        <div class="nothing">
          <ha-icon icon="mdi:video-outline"></ha-icon>
          <span>${t.attributeWords("camera.camera","stream")??this.words("camera")}</span>
          ${i?a`<small>${this.words("camera_taken")}</small>`:c}
        </div>
      </flashforge-live>
      ${this.over(t,String(s.attributes.entity_picture??""))}`}over(t,s){let r=t.number("sensor.progress"),i=t.minutesLeft,o=y.has(t.status);return a`<div class="over">
      <span class="chip">${t.words("sensor.status")}</span>
      ${o&&r!==void 0?a`<strong>${Math.round(r)} %</strong>`:c}
      ${o&&i!==void 0?a`<span>${A(this.words,i)}</span>`:c}
      <span class="tools">
        ${s?a`<a
              href=${N(this.hass,s)}
              download="${t.name}.jpg"
              aria-label=${this.words("snapshot")}
              ><ha-icon icon="mdi:camera-outline"></ha-icon
            ></a>`:c}
        <button
          class="icon"
          aria-label=${this.words("full_screen")}
          @click=${()=>{this.renderRoot.querySelector(".frame")?.requestFullscreen?.()}}
        >
          <ha-icon icon="mdi:fullscreen"></ha-icon>
        </button>
      </span>
    </div>`}static{this.styles=[w,b`
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
    `]}};var _t=class extends g{constructor(){super(...arguments);this.watched=["sensor.status","sensor.progress","sensor.remaining_time","sensor.finish_time","sensor.file","sensor.error","sensor.offline_reason","binary_sensor.plate_occupied"]}setConfig(t){super.setConfig(t),this.path=t.path}static{this.getConfigForm=S}static{this.getStubConfig=T}getCardSize(){return 2}getGridOptions(){return{columns:6,rows:2,min_columns:6,min_rows:2}}open(){let t=this.printer.entity("sensor.status");this.path?yt(this.path):t&&W(this,t)}render(){let{printer:t}=this;if(!t.exists)return this.nobody();let s=y.has(t.status),r=t.number("sensor.progress"),i=s&&r!==void 0?Math.round(r):void 0,o=s?t.minutesLeft:void 0,l=t.words("sensor.status")??this.words("unknown");return a`<ha-card class=${t.color}>
      <button class="all" @click=${this.open}>
        <span class="top">
          <ha-icon icon="mdi:printer-3d"></ha-icon>
          <span class="name">${t.name}</span>
          ${i===void 0?c:a`<strong>${i} %</strong>`}
        </span>
        <span class="line">
          <span class="chip">${l}</span>
          ${o===void 0?c:a`<span class="muted">${A(this.words,o)}</span>`}
        </span>
        <span class="line muted">${this.detail()}</span>
        ${i===void 0?c:a`<span class="bar" role="progressbar" aria-label=${this.words("progress")}
              aria-valuemin="0" aria-valuemax="100" aria-valuenow=${i}
              ><div style="width:${i}%"></div
            ></span>`}
      </button>
    </ha-card>`}detail(){let{printer:t}=this;if(t.offline){let s=t.value("sensor.offline_reason"),r=M(this.hass,t.state("sensor.status")?.last_changed);return s&&s!=="none"?t.words("sensor.offline_reason")??"":r?this.words("off_since",{time:r}):""}return t.hasError?t.words("sensor.error")??this.words("error"):t.plateOccupied&&!y.has(t.status)?this.words("plate"):t.value("sensor.file")??""}static{this.styles=[w,b`
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
    `]}};var kt={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},St=n=>(...e)=>({_$litDirective$:n,values:e}),G=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,s){this._$Ct=e,this._$AM=t,this._$Ci=s}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}};var{I:Cs}=Ce,Ue=n=>n;var Le=()=>document.createComment(""),Q=(n,e,t)=>{let s=n._$AA.parentNode,r=e===void 0?n._$AB:e._$AA;if(t===void 0){let i=s.insertBefore(Le(),r),o=s.insertBefore(Le(),r);t=new Cs(i,o,n,n.options)}else{let i=t._$AB.nextSibling,o=t._$AM,l=o!==n;if(l){let d;t._$AQ?.(n),t._$AM=n,t._$AP!==void 0&&(d=n._$AU)!==o._$AU&&t._$AP(d)}if(i!==r||l){let d=t._$AA;for(;d!==i;){let p=Ue(d).nextSibling;Ue(s).insertBefore(d,r),d=p}}}return t},U=(n,e,t=n)=>(n._$AI(e,t),n),As={},Ie=(n,e=As)=>n._$AH=e,De=n=>n._$AH,Ct=n=>{n._$AR(),n._$AA.remove()};var je=(n,e,t)=>{let s=new Map;for(let r=e;r<=t;r++)s.set(n[r],r);return s},At=St(class extends G{constructor(n){if(super(n),n.type!==kt.CHILD)throw Error("repeat() can only be used in text expressions")}dt(n,e,t){let s;t===void 0?t=e:e!==void 0&&(s=e);let r=[],i=[],o=0;for(let l of n)r[o]=s?s(l,o):o,i[o]=t(l,o),o++;return{values:i,keys:r}}render(n,e,t){return this.dt(n,e,t).values}update(n,[e,t,s]){let r=De(n),{values:i,keys:o}=this.dt(e,t,s);if(!Array.isArray(r))return this.ut=o,i;let l=this.ut??=[],d=[],p,m,u=0,f=r.length-1,h=0,v=i.length-1;for(;u<=f&&h<=v;)if(r[u]===null)u++;else if(r[f]===null)f--;else if(l[u]===o[h])d[h]=U(r[u],i[h]),u++,h++;else if(l[f]===o[v])d[v]=U(r[f],i[v]),f--,v--;else if(l[u]===o[v])d[v]=U(r[u],i[v]),Q(n,d[v+1],r[u]),u++,v--;else if(l[f]===o[h])d[h]=U(r[f],i[h]),Q(n,r[u],r[f]),f--,h++;else if(p===void 0&&(p=je(o,h,v),m=je(l,u,f)),p.has(l[u]))if(p.has(l[f])){let R=m.get(o[h]),Wt=R!==void 0?r[R]:null;if(Wt===null){let le=Q(n,r[u]);U(le,i[h]),d[h]=le}else d[h]=U(Wt,i[h]),Q(n,r[u],Wt),r[R]=null;h++}else Ct(r[f]),f--;else Ct(r[u]),u++;for(;h<=v;){let R=Q(n,d[v+1]);U(R,i[h]),d[h++]=R}for(;u<=f;){let R=r[u++];R!==null&&Ct(R)}return this.ut=o,Ie(n,d),C}});var Fe="important",Es=" !"+Fe,Et=St(class extends G{constructor(n){if(super(n),n.type!==kt.ATTRIBUTE||n.name!=="style"||n.strings?.length>2)throw Error("The `styleMap` directive must be used in the `style` attribute and must be the only part in the attribute.")}render(n){return Object.keys(n).reduce((e,t)=>{let s=n[t];return s==null?e:e+`${t=t.includes("-")?t:t.replace(/(?:^(webkit|moz|ms|o)|)(?=[A-Z])/g,"-$&").toLowerCase()}:${s};`},"")}update(n,[e]){let{style:t}=n.element;if(this.ft===void 0)return this.ft=new Set(Object.keys(e)),this.render(e);for(let s of this.ft)e[s]==null&&(this.ft.delete(s),s.includes("-")?t.removeProperty(s):t[s]=null);for(let s in e){let r=e[s];if(r!=null){this.ft.add(s);let i=typeof r=="string"&&r.endsWith(Es);s.includes("-")||i?t.setProperty(s,i?r.slice(0,-11):r,i?Fe:""):t[s]=r}}return C}});var Ps=/^#[0-9a-f]{6}$/i;function E(n){let e=V(n.found,"sensor.slot").map(s=>Be(n,s)),t=Be(n,0);return t.material||!e.length&&n.state("sensor.direct_feed")?[...e,t]:e}function Be(n,e){let t=e?`sensor.slot.${e}`:"sensor.direct_feed",s=String(n.attribute(t,"color")??""),r=n.number("sensor.active_slot");return{number:e,key:t,color:Ps.test(s)?s:void 0,colorName:n.attributeWords(t,"color_name"),material:Ts(n.attribute(t,"material")),empty:n.attribute(t,"loaded")===!1,active:r===e&&(e>0||r!==void 0)}}function Ts(n){return typeof n=="string"&&n?n:void 0}function J(n,{material:e,colorName:t,empty:s}){return s?n("empty"):e?t&&!e.includes(t)?`${e} ${t}`:e:n("no_label")}function K({color:n,empty:e}){return a`<span
    aria-hidden="true"
    class="swatch ${e?"hollow":""}"
    style=${Et(n&&!e?{"--swatch":n}:{})}
  >${n||e?c:"?"}</span>`}function Pt(n){return`printer-${n.slice(-12)}`}var Tt=class extends g{constructor(){super(...arguments);this.watched=["sensor.status","sensor.remaining_time","sensor.error","sensor.slot","sensor.direct_feed","binary_sensor.plate_occupied"];this.views=!1}setConfig(t){this.views=t.views===!0}static getStubConfig(){return{}}getCardSize(){return 6}getGridOptions(){return{columns:"full",rows:"auto"}}watches(){let{entities:t,devices:s}=this.hass;if(this.seen?.entities!==t||this.seen.devices!==s){let r=k(this.hass).flatMap(({id:i})=>ne(new x(this.hass,i).found,this.watched));this.seen={entities:t,devices:s,ids:r}}return this.seen.ids}shouldUpdate(t){let s=super.shouldUpdate(t);if(!s&&this.hass)for(let r of this.renderRoot.querySelectorAll("flashforge-compact-card"))r.hass=this.hass;return s}render(){let t=this.hass,s=k(t).map(({id:i})=>new x(t,i));if(!s.length)return a`<ha-card><div class="empty">${this.words("no_printers")}</div></ha-card>`;let r=location.pathname.split("/")[1]??"";return a`
      ${this.notices()} ${this.summary(s)}
      <div class="grid">
        ${At([...s].sort(Os),({id:i})=>i,({id:i})=>a`<flashforge-compact-card
            .printerId=${i}
            .path=${this.views?`/${r}/${Pt(i)}`:`/config/devices/device/${i}`}
            .hass=${t}
          ></flashforge-compact-card>`)}
      </div>
      ${this.loaded(s)}
    `}summary(t){let s=new Map;for(let i of t){let o=Rs(i);s.set(o,(s.get(o)??0)+1)}let r={waiting:"amber",working:"blue",ready:"green",off:""};return a`<div class="summary">
      ${Object.keys(r).map(i=>{let o=s.get(i);return o?a`<span class="chip ${r[i]}">${this.words(`farm_${i}`,{count:String(o)})}</span>`:c})}
    </div>`}loaded(t){let s=new Map;for(let r of t)for(let i of r.offline?[]:E(r)){if(i.empty||!i.material)continue;let o=J(this.words,i),l=s.get(o)??{spool:i,where:new Set};s.set(o,l),l.where.add(r.name)}return s.size?a`<ha-card>
      <div class="loaded">
        <span class="muted">${this.words("loaded")}</span>
        <ul>
          ${[...s].sort(([r],[i])=>r.localeCompare(i)).map(([r,{spool:i,where:o}])=>a`<li>
              ${K(i)} <span>${r}</span>
              <small class="muted">${[...o].join(", ")}</small>
            </li>`)}
        </ul>
      </div>
    </ha-card>`:c}static{this.styles=[w,b`
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
    `]}};function ie(n){return n.offline?6:n.hasError?0:n.status==="paused"?1:y.has(n.status)?3:n.plateOccupied||n.status==="completed"?2:n.status==="idle"?5:4}function Rs(n){let e=ie(n);return e<3?"waiting":e<5?"working":e===5?"ready":"off"}function Os(n,e){let t=r=>r.minutesLeft??1/0;return ie(n)-ie(e)||(y.has(n.status)&&t(n)!==t(e)?t(n)-t(e):0)}var We=n=>n?{printer:n}:{};function Ve(n,e,t,s){return n.callWS({type:"flashforge/history",start:t,limit:s,...We(e)})}async function qe(n,e,t){let s={type:"flashforge/history/changes",...We(e)},r=await n.connection?.subscribeMessage(t,s);return()=>{r?.().catch(()=>{})}}var Ge=20,Hs=5,zs=100,Ms=/^#[0-9a-f]{6}$/i,Qe={finished:["mdi:check-circle","green"],canceled:["mdi:minus-circle","amber"],failed:["mdi:alert-circle","red"],ended:["mdi:help-circle",""]},Je=({printer:n,time:e,began:t,file:s})=>[n,e??t,s].join(),Rt=class extends g{constructor(){super(...arguments);this.asked=0;this.pictures=new Map;this.watched=[];this.again=()=>{this.stop&&this.ask(0,Math.min(zs,this.history?.prints.length||this.first))}}static{this.properties={...g.properties,history:{state:!0},trouble:{state:!0},open:{state:!0},only:{state:!0}}}static{this.getConfigForm=()=>S(!1)}static{this.getStubConfig=T}getCardSize(){return 6}getGridOptions(){return{columns:12,rows:"auto",min_columns:6}}connectedCallback(){super.connectedCallback(),window.addEventListener("connection-status",this.again),this.requestUpdate("known")}disconnectedCallback(){window.removeEventListener("connection-status",this.again),this.leave(),super.disconnectedCallback()}leave(){this.stop?.then(t=>t()).catch(()=>{}),this.stop=void 0}get first(){return this.meant?Hs:Ge}willUpdate(t){super.willUpdate(t);let s=this.printerId??this.only;this.stop&&s===this.meant||(this.leave(),this.isConnected&&((s!==this.meant||t.has("printerId"))&&(this.history=void 0),this.meant=s,this.stop=qe(this.hass,s,this.again),this.stop.catch(()=>{}),this.ask(0,this.first)))}async ask(t,s){let r=++this.asked;try{let{prints:i,...o}=await Ve(this.hass,this.meant,t,s);if(r!==this.asked)return;let l=t?this.history?.prints.slice(0,t)??[]:[];this.history={prints:[...l,...i],...o},this.trouble=void 0}catch(i){let o=await vt(this.hass,i);r===this.asked&&(this.trouble=o)}}render(){let{history:t,trouble:s}=this;return this.printerId&&!this.printer.exists?this.nobody():a`<ha-card>
      <div class="card">
        ${this.open?c:this.notices()} ${this.filter()}
        ${s?a`<p class="muted" role="alert">${s}</p>`:c}
        ${t?.totals.some(({prints:r})=>r)?this.totals(t.totals):c}
        ${t&&!t.prints.length?a`<div class="empty">${this.words("no_prints")}</div>`:c}
        ${t?.prints.length?a`<ul>
              ${At(t.prints,Je,r=>this.row(r))}
            </ul>`:c}
        ${t&&t.prints.length<t.count?a`<button class="text" @click=${()=>this.ask(t.prints.length,Ge)}>
              ${this.words("more")}
            </button>`:c}
      </div>
    </ha-card>`}filter(){let t=this.printerId?[]:k(this.hass);if(t.length<2)return c;let s=r=>{this.only=r.target.value||void 0};return a`<select aria-label=${this.words("printer")} @change=${s}>
      <option value="">${this.words("all_printers")}</option>
      ${t.map(r=>a`<option value=${r.id} ?selected=${r.id===this.only}>${z(r)}</option>`)}
    </select>`}totals(t){let r=[["prints",({prints:i})=>this.number(i)],["time",i=>this.time(i.duration)],["used",({weight:i})=>this.weight(i)],["success",({judged:i,finished:o})=>i?this.number(o/i,{style:"percent"}):void 0]].filter(([,i])=>t.some(o=>i(o)!==void 0));return a`<table>
      <thead>
        <tr>
          <td></td>
          ${r.map(([i])=>a`<th scope="col">${this.words(`total_${i}`)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${t.map(i=>a`<tr>
            <th scope="row">${this.span(i)}</th>
            ${r.map(([,o])=>a`<td>${o(i)??"–"}</td>`)}
          </tr>`)}
      </tbody>
    </table>`}span({days:t,since:s}){return Date.now()-Date.parse(s)>(t-.1)*864e5?this.words("last_days",{days:String(t)}):this.words("since",{time:M(this.hass,s)??""})}number(t,s={}){let{language:r}=this.hass.locale??this.hass;return new Intl.NumberFormat(r,s).format(t)}weight(t){if(t===void 0)return;let[s,r]=t<1e3?[t,"gram"]:[t/1e3,"kilogram"],i=t<100?1:t<1e3?0:2;return this.number(s,{style:"unit",unit:r,maximumFractionDigits:i})}time(t){return t===void 0?void 0:A(this.words,t/60)}row(t){let s=Je(t),r=this.open===s,i=t.file??this.words("no_name"),o=[this.hass.localize(`component.${$}.entity.sensor.last_print.state_attributes.result.state.${t.result}`),M(this.hass,t.time),this.time(t.duration),this.weight(t.weight),this.printerId||this.only?void 0:z(this.hass.devices[t.printer])].filter(Boolean),[l,d]=Qe[t.result]??Qe.ended;return a`<li class=${d}>
      <button
        class="row"
        aria-expanded=${r}
        @click=${()=>{this.open=r?void 0:s,this.refusal=void 0}}
      >
        <span class="picture">${this.picture(t,"")}<ha-icon class="result" icon=${l}></ha-icon></span>
        <span class="what">
          <bdi>${i}</bdi>
          <small class="muted">${o.join(" · ")}</small>
        </span>
        <span class="dots" aria-hidden="true">
          ${t.colors?.filter(p=>Ms.test(p)).map(p=>a`<span class="swatch" style=${Et({"--swatch":p})}></span>`)}
        </span>
      </button>
      ${r?this.sheet(t,i):c}
    </li>`}picture({picture:t},s){let r=a`<ha-icon icon="mdi:cube-outline"></ha-icon>`;if(!t)return r;let i=t.split("?")[0],o=this.pictures.get(i)??t;return this.pictures.set(i,o),a`${r}<img
        alt=${s}
        loading="lazy"
        src=${N(this.hass,o)}
        @error=${l=>l.target.toggleAttribute("hidden",!0)}
        @load=${l=>l.target.toggleAttribute("hidden",!1)}
      />`}sheet(t,s){let r=new x(this.hass,t.printer),i=r.entity("button.print_again"),o=()=>{let l=this.words("ask_again",{file:s,printer:r.name}),d=this.question(l,this.words("again"));return t.last?this.call("again",["button","press"],{entity_id:i},d):this.call("again",[$,"print_file",{file_name:t.file}],{device_id:t.printer},d)};return a`<div class="sheet">
      ${t.picture?a`<span class="large">${this.picture(t,this.words("picture_of",{file:s}))}</span>`:c}
      ${this.notices()}
      ${i&&t.file?a`<div class="buttons">
            <button class="big blue" ?disabled=${this.running!==void 0} @click=${o}>
              <ha-icon icon=${this.running?"mdi:timer-sand":"mdi:printer-3d-nozzle"}></ha-icon>
              <span>${this.words("again")}</span>
            </button>
          </div>`:c}
    </div>`}static{this.styles=[w,b`
      .card {
        display: flex;
        flex-direction: column;
        gap: 8px;
        padding: 12px 8px;
      }
      .notice,
      select {
        margin-inline: 8px;
      }
      table {
        margin-inline: 8px;
        border-spacing: 0;
        font-variant-numeric: tabular-nums;
        line-height: 1.3;
      }
      th {
        font-weight: 400;
        color: var(--secondary-text-color);
        font-size: 0.86em;
      }
      th,
      td {
        padding: 4px 0;
        padding-inline-start: 10px;
        text-align: end;
      }
      tbody th,
      td:first-child {
        padding-inline-start: 0;
        text-align: start;
      }
      tbody td {
        font-weight: 500;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      table + ul {
        border-top: 1px solid var(--ff-line);
        padding-top: 8px;
      }
      .row {
        width: 100%;
        box-sizing: border-box;
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: 56px;
        padding: 6px 8px;
      }
      .picture,
      .large {
        position: relative;
        flex: none;
        display: grid;
        place-items: center;
        border-radius: 8px;
        background: color-mix(in srgb, var(--primary-text-color) 5%, transparent);
        color: var(--secondary-text-color);
      }
      .picture {
        width: 44px;
        height: 44px;
      }
      .picture > *,
      .large > * {
        grid-area: 1 / 1;
      }
      img {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        object-fit: cover;
        border-radius: 8px;
      }
      img[hidden] {
        display: none;
      }
      ha-icon.result {
        position: absolute;
        inset-block-end: -6px;
        inset-inline-end: -6px;
        --mdc-icon-size: 20px;
        color: var(--ff-now);
        border-radius: 50%;
        background: var(--ha-card-background, var(--card-background-color, #fff));
      }
      .what {
        flex: 1;
        min-width: 0;
        display: grid;
        gap: 2px;
        line-height: 1.3;
      }
      bdi {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-weight: 500;
        text-align: start;
      }
      .row[aria-expanded="true"] bdi {
        white-space: normal;
        overflow-wrap: anywhere;
      }
      .dots {
        display: flex;
        gap: 6px;
        padding-inline-end: 2px;
      }
      .sheet {
        display: grid;
        gap: 10px;
        padding: 4px 8px 14px;
      }
      .sheet .notice {
        margin-inline: 0;
      }
      .large {
        aspect-ratio: 16 / 9;
      }
      .large img {
        object-fit: contain;
      }
      .text {
        align-self: center;
      }
      p {
        margin: 0;
        padding: 4px 8px;
      }
    `]}};var Ke=[["sensor.nozzle_temperature","number.nozzle_target","mdi:printer-3d-nozzle-heat"],["sensor.bed_temperature","number.bed_target","mdi:radiator"],["sensor.chamber_temperature","number.chamber_target","mdi:cube-scan"]],Ot=class extends g{constructor(){super();this.watched=["sensor.status","sensor.progress","sensor.remaining_time","sensor.finish_time","sensor.file","sensor.current_layer","sensor.total_layers","sensor.last_print","sensor.error","sensor.material","sensor.upload_progress","sensor.offline_reason","sensor.nozzle_n_temperature","number.nozzle_n_target","binary_sensor.plate_occupied","light.light","switch.power","camera.camera","image.job_thumbnail",...Ke.flatMap(([t,s])=>[t,s])];this.live=!1}static{this.properties={...g.properties,live:{state:!0}}}static{this.getConfigForm=S}static{this.getStubConfig=T}getCardSize(){return 6}getGridOptions(){return{columns:12,rows:"auto",min_columns:6}}render(){let{printer:t}=this;return t.exists?a`<ha-card class=${t.color}>
      <div class="card">
        ${this.header(t)} ${this.notices()} ${this.trouble(t)}
        ${this.upload(t)} ${this.job(t)} ${this.temperatures(t)}
        ${this.buttons(t)}
      </div>
    </ha-card>`:this.nobody()}header(t){let s=t.value("light.light"),r=t.value("switch.power"),i=t.words("sensor.status")??this.words("unknown");return a`<div class="header">
      <button
        class="name"
        aria-label=${this.words("open_device",{printer:t.name})}
        @click=${()=>yt(`/config/devices/device/${this.printerId}`)}
      >
        <ha-icon icon="mdi:printer-3d"></ha-icon>
        <span>${t.name}</span>
      </button>
      <button class="state" @click=${this.more("sensor.status")}>
        <span class="chip">${i}</span>
      </button>
      <span class="tools">
        ${s===void 0?c:a`<button
              class="icon ${s}"
              aria-pressed=${s==="on"}
              aria-label=${this.words("light")}
              @click=${()=>this.carryOut("light.light",["light","toggle"])}
            >
              <ha-icon icon=${s==="on"?"mdi:lightbulb":"mdi:lightbulb-outline"}></ha-icon>
            </button>`}
        ${r===void 0?c:a`<button
              class="icon"
              aria-pressed=${r==="on"}
              aria-label=${this.words("power")}
              @click=${()=>this.togglePower(r==="on")}
            >
              <ha-icon icon="mdi:power"></ha-icon>
            </button>`}
      </span>
    </div>`}togglePower(t){let s=t?this.question(this.words("ask_power",{printer:this.printer.name}),this.words("turn_off")):void 0;this.carryOut("switch.power",["switch",t?"turn_off":"turn_on"],s)}trouble(t){let{pending:s}=t;if(t.offline){let r=M(this.hass,t.state("sensor.status")?.last_changed),i=t.value("sensor.offline_reason"),o=i&&i!=="none"?t.words("sensor.offline_reason"):void 0;return a`<div class="said">
        ${o?a`<strong>${o}</strong>`:c}
        ${r?a`<span class="muted">${this.words("off_since",{time:r})}</span>`:c}
      </div>`}if(t.hasError){let r=t.attribute("sensor.error","code"),i=t.attributeWords("sensor.error","cure");return a`<button class="said wrong" @click=${this.more("sensor.error")}>
        <strong>${t.words("sensor.error")??this.words("error")}</strong>
        ${i?a`<span>${i}</span>`:c}
        ${r?a`<small>${String(r)}</small>`:c}
      </button>`}return s?a`<div class="said"><span>${this.words("waits",{command:s})}</span></div>`:c}upload(t){let s=t.number("sensor.upload_progress");if(s===void 0)return c;let r=String(t.attribute("sensor.upload_progress","file")??"");return a`<div class="blue upload">
      <div class="row"><span class="cut">${this.words("uploading",{file:r})}</span><span>${s} %</span></div>
      ${this.bar(s,this.words("uploading",{file:r}))}
    </div>`}bar(t,s,r=!1){return a`<div
      class="bar ${r?"waiting":""}"
      role="progressbar"
      aria-label=${s}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${t??c}
    >
      <div style=${r?"":`width:${t??0}%`}></div>
    </div>`}job(t){let{status:s}=t,r=y.has(s),i=r?void 0:t.value("sensor.last_print"),o=i??t.value("sensor.file"),l=s==="completed"||s==="canceled",d=this.picture(t);if(!o&&!r)return c;let p=t.number("sensor.progress");return a`<div class="job ${r||l?"":"small"}">
      ${d}
      <div class="facts">
        ${o?a`<button class="file" @click=${this.more("sensor.file")}>
              ${r||l?c:a`<small class="muted">${this.words("last_print")}</small>`}
              <span>${o}</span>
            </button>`:c}
        ${r&&p!==void 0?a`<button class="percent" @click=${this.more("sensor.progress")}>${Math.round(p)} %</button>`:c}
        ${r?this.bar(p,this.words("progress"),s==="heating"):c}
        ${r?this.times(t):i?this.summary(t):c}
      </div>
    </div>`}times(t){let s=t.minutesLeft,r=M(this.hass,t.value("sensor.finish_time")),i=t.number("sensor.current_layer"),o=t.number("sensor.total_layers"),l=t.value("sensor.material"),d=[s===void 0?"":this.words("left",{time:A(this.words,s)}),r?this.words("done_at",{time:r}):"",i===void 0||!o?"":this.words("layer",{layer:String(i),layers:String(o)}),l??""].filter(Boolean);return a`<div class="times">${d.map(p=>a`<span>${p}</span>`)}</div>`}summary(t){let s=Number(t.attribute("sensor.last_print","duration")),r=Number(t.attribute("sensor.last_print","filament_weight")),i=t.attribute("sensor.last_print","end"),o=[t.attributeWords("sensor.last_print","result")??"",typeof i=="string"?M(this.hass,i)??"":"",s>0?this.words("took",{time:A(this.words,s/60)}):"",r>0?`${r.toFixed(1)} g`:""].filter(Boolean);return a`<div class="times">${o.map(l=>a`<span>${l}</span>`)}</div>`}picture(t){let s=t.state("camera.camera"),r=!!s&&s.state!=="unavailable",i=t.attribute("image.job_thumbnail","entity_picture"),o=t.value("image.job_thumbnail");if(!r&&!(i&&o))return c;let l=this.live&&r,d=i&&o?a`<img
            alt=${this.words("preview")}
            src=${N(this.hass,`${String(i)}&state=${o}`)}
            @error=${p=>p.target.style.visibility="hidden"}
          />`:a`<ha-icon icon="mdi:cube-outline"></ha-icon>`;return a`<button
      class="picture"
      aria-label=${this.words(l?"show_preview":"show_camera")}
      ?disabled=${!r}
      @click=${()=>{this.live=!l}}
    >
      ${l?a`<flashforge-live
            .hass=${this.hass}
            .entity=${s.entity_id}
            .label=${this.words("camera")}
            >${t.attributeWords("camera.camera","stream")}</flashforge-live
          >`:d}
      ${r?a`<ha-icon class="flip" icon=${l?"mdi:image-outline":"mdi:video-outline"}></ha-icon>`:c}
    </button>`}temperatures(t){if(t.offline)return c;let i=[...V(t.found,"sensor.nozzle_n_temperature").map(o=>[`sensor.nozzle_n_temperature.${o}`,`number.nozzle_n_target.${o}`,"mdi:printer-3d-nozzle-heat",this.words("nozzle_n",{number:String(o)})]),...Ke.map(([o,l,d])=>[o,l,d,this.words(o.slice(7))])].flatMap(([o,l,d,p])=>{let m=t.number(o);if(m===void 0)return[];let u=t.number(l),f=String(t.attribute(o,"unit_of_measurement")??"°"),h=u?`${Math.round(m)} / ${Math.round(u)} ${f}`:`${Math.round(m)} ${f}`;return[a`<button
          class="heat ${u?"hot":""}"
          @click=${this.more(t.entity(l)?l:o)}
        >
          <ha-icon icon=${d}></ha-icon>
          <span><small class="muted">${p} </small>${h}</span>
        </button>`]});return i.length?a`<div class="heats">${i}</div>`:c}buttons(t){let{status:s}=t,r=this.cancelQuestion(),i=[t.offline?c:this.button("button.pause","mdi:pause","amber",s==="printing"||s==="heating"),this.button("button.resume","mdi:play","green",s==="paused"||s==="pausing"),this.button("button.cancel","mdi:stop","red",y.has(s)&&s!=="canceling",r),this.button("button.clear_error","mdi:alert-remove-outline","amber",!t.offline&&t.hasError),this.button("button.clear_plate","mdi:broom","green",!t.offline&&t.plateOccupied&&!y.has(s)),this.button("button.cancel_upload","mdi:upload-off","red",t.number("sensor.upload_progress")!==void 0)].filter(o=>o!==c);return i.length?a`<div class="buttons">${i}</div>`:c}button(t,s,r,i,o){return!i||!this.printer.entity(t)?c:a`<button
      class="big ${r}"
      ?disabled=${this.running!==void 0}
      @click=${()=>this.press(t,o)}
    >
      <ha-icon icon=${this.running===t?"mdi:timer-sand":s}></ha-icon>
      <span>${this.words(t.slice(7))}</span>
    </button>`}static{this.styles=[w,b`
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
    `]}};var Ns=new Set(["heating","feeding","purging","cutting","retracting"]),Ht=class extends g{constructor(){super(...arguments);this.watched=["sensor.status","sensor.slot","sensor.direct_feed","sensor.active_slot","sensor.station_activity","select.slot_material","select.slot_color","select.direct_feed_material","select.direct_feed_color"]}static{this.properties={...g.properties,open:{state:!0}}}static{this.getConfigForm=S}static getStubConfig(t){let s=k(t);return{printer:(s.find(({id:i})=>E(new x(t,i)).length)??s[0])?.id}}getCardSize(){return 2}getGridOptions(){return{columns:12,rows:"auto",min_columns:6}}render(){let{printer:t}=this;if(!t.exists)return this.nobody();let s=E(t);if(!s.length)return a`<ha-card><div class="empty">${this.words("no_slots")}</div></ha-card>`;let r=s.find(({number:i})=>i===this.open);return a`<ha-card class=${t.color}>
      <div class="card">
        ${this.notices()} ${this.feeding(t)}
        <div class="spools" style="--count:${s.length}">
          ${s.map(i=>this.spool(i))}
        </div>
        ${r?this.sheet(t,r):c}
      </div>
    </ha-card>`}spool(t){let{number:s}=t,r=s?this.words("slot",{number:String(s)}):this.words("external"),i=J(this.words,t);return a`<button
      class="spool ${t.active?"active":""}"
      aria-expanded=${this.open===s}
      @click=${()=>{this.open=this.open===s?void 0:s}}
    >
      ${K(t)}
      <span class="what">${i}</span>
      <small class="muted">${t.active?this.words("in_use"):r}</small>
    </button>`}feeding(t){return!Ns.has(t.value("sensor.station_activity")??"")||y.has(t.status)?c:a`<div class="feed blue">
      <span>${t.words("sensor.station_activity")}</span>
      <div class="bar waiting" role="progressbar" aria-label=${this.words("feeding")}><div></div></div>
      ${t.entity("button.cancel_filament")?a`<button class="text" @click=${()=>this.press("button.cancel_filament")}>
            ${this.words("cancel")}
          </button>`:c}
    </div>`}sheet(t,s){let{number:r}=s;if(t.offline)return a`<p class="muted">${this.words("slots_off")}</p>`;if(y.has(t.status)&&t.status!=="paused")return a`<p class="muted">${this.words("slots_busy")}</p>`;let i=r?"slot":"direct_feed",o=l=>r?`select.${i}_${l}.${r}`:`select.${i}_${l}`;return a`<div class="sheet">
      ${this.choice(t,o("material"),this.words("material"))}
      ${this.choice(t,o("color"),this.words("color"))}
      ${t.entity("button.cancel_filament")?a`<div class="buttons">
            ${this.feed("load_filament","mdi:download",r)}
            ${this.feed("unload_filament","mdi:upload",r)}
          </div>`:c}
    </div>`}feed(t,s,r){return a`<button
      class="big blue"
      ?disabled=${this.running!==void 0}
      @click=${()=>this.act(t,["flashforge",t,{slot:r}])}
    >
      <ha-icon icon=${this.running===t?"mdi:timer-sand":s}></ha-icon>
      <span>${this.words(t)}</span>
    </button>`}choice(t,s,r){let i=t.state(s),o=i?.attributes.options;if(!i||!Array.isArray(o))return c;let l=async d=>{let p=d.target;await this.carryOut(s,["select","select_option",{option:p.value}])||(p.value=i.state)};return a`<label>
      <span class="muted">${r}</span>
      <select ?disabled=${this.running!==void 0} @change=${l}>
        ${o.includes(i.state)?c:a`<option value="" selected></option>`}
        ${o.map(d=>a`<option value=${d} ?selected=${d===i.state}>
            ${this.hass.formatEntityState(i,d)}
          </option>`)}
      </select>
    </label>`}static{this.styles=[w,b`
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
      p {
        margin: 0;
        padding: 4px;
      }
    `]}};function Ut(n,e){let t=n.entities[e.entity_id??""];return t?.platform===$&&t.translation_key==="status"}function Ze(n,e){if(!Ut(n,e))return!1;let t=at(n,e.entity_id);return E(new x(n,t)).length>0}var zt=class extends g{static{this.properties={...g.properties,context:{attribute:!1}}}setConfig(){}shouldUpdate(e){return!this.hass||!this.context?!1:(this.printerId=at(this.hass,this.context.entity_id??""),super.shouldUpdate(e))}},Mt=class extends zt{constructor(){super(...arguments);this.watched=["sensor.status","sensor.file"]}static getStubConfig(){return{type:"custom:flashforge-controls"}}render(){if(!Ut(this.hass,this.context))return c;let{status:t}=this.printer;return a`<div class="feature">
        ${t==="paused"||t==="pausing"?this.control("button.resume","mdi:play",!0):this.control("button.pause","mdi:pause",t==="printing"||t==="heating")}
        ${this.control("button.cancel","mdi:stop",y.has(t)&&t!=="canceling")}
      </div>
      ${this.notices()}`}control(t,s,r){if(!this.printer.entity(t))return c;let i=t==="button.cancel"?this.cancelQuestion():void 0;return a`<button
      aria-label=${this.words(t.slice(7))}
      ?disabled=${!r||this.running!==void 0}
      @click=${()=>this.press(t,i)}
    >
      <ha-icon icon=${this.running===t?"mdi:timer-sand":s}></ha-icon>
    </button>`}static{this.styles=[w,b`
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
    `]}},Nt=class extends zt{constructor(){super(...arguments);this.watched=["sensor.slot","sensor.direct_feed","sensor.active_slot"]}static getStubConfig(){return{type:"custom:flashforge-swatches"}}render(){let t=E(this.printer);return t.length?a`<div class="feature">
      ${t.map(s=>{let r=J(this.words,s),i=s.number?this.words("slot",{number:String(s.number)}):this.words("external");return a`<button
          class=${s.active?"active":""}
          aria-label=${`${i}: ${r}`}
          title=${r}
          @click=${()=>{let o=this.printer.entity(s.key);o&&W(this,o)}}
        >
          ${K(s)}
        </button>`})}
    </div>`:c}static{this.styles=[w,b`
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
    `]}};function _(n,e){customElements.get(n)||customElements.define(n,e)}function Z(n,...e){let t=window,s=t[n]??=[];for(let r of e)s.some(({type:i})=>i===r.type)||s.push(r)}var Lt=class extends P{constructor(){super();this.onScreen=!0;this.look=()=>{let t=this.isConnected&&this.onScreen&&!document.hidden;this.visible&&!t&&this.stop(),!this.visible&&t&&(this.failed=!1),this.visible=t};this.label="",this.visible=!1,this.failed=!1}static{this.properties={hass:{attribute:!1},entity:{},label:{},visible:{state:!0},failed:{state:!0}}}connectedCallback(){super.connectedCallback(),document.addEventListener("visibilitychange",this.look),typeof IntersectionObserver<"u"&&(this.onScreen=!1,this.observer=new IntersectionObserver(t=>{this.onScreen=t.some(({isIntersecting:s})=>s),this.look()}),this.observer.observe(this)),this.look()}disconnectedCallback(){document.removeEventListener("visibilitychange",this.look),this.observer?.disconnect(),this.stop(),super.disconnectedCallback()}stop(){this.source=void 0,this.visible=!1,this.renderRoot?.querySelector("img")?.setAttribute("src","")}shouldUpdate(t){return t.size>1||!t.has("hass")?!0:t.get("hass")?.states[this.entity??""]!==this.hass?.states[this.entity??""]}willUpdate(t){t.has("entity")&&(this.source=void 0);let s=this.hass?.states[this.entity??""]?.attributes.access_token;if(!this.visible||this.source||!s)return;let r=`/api/camera_proxy_stream/${this.entity}?token=${String(s)}`;this.source=N(this.hass,r)}fail(){this.failed=!0,this.source=void 0}render(){return!this.visible||this.failed||!this.source?a`<slot></slot>`:a`${this.source?a`<img alt=${this.label} src=${this.source} @error=${this.fail} />`:c}`}static{this.styles=b`
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
  `}};var Ye={type:"entity"},Xe=[{type:"numeric-input",style:"buttons"}],Us=[{type:"numeric-input",style:"slider"}],oe=[{type:"fan-speed"}],ts=[{type:"select-options"}],ae=class{constructor(e,t,s){this.words=s;this.printer=new x(e,t??k(e)[0]?.id)}card(e){return{type:`custom:flashforge-${e}-card`,printer:this.printer.id}}section(e,t,s){let r=s.filter(o=>o!==void 0);return r.length?[{type:"grid",cards:[{type:"heading",heading:this.words(e),icon:t},...r]}]:[]}tile(e,t,s=6){let r=this.printer.entity(e);if(r)return{type:"tile",entity:r,name:Ye,grid_options:{columns:t?12:s},...t?{features:t}:{}}}button(e,t){let s=this.tile(e,void 0,12),r={action:"perform-action",perform_action:"button.press",target:{entity_id:s?.entity},confirmation:{text:this.words(t)}};return s&&{...s,hide_state:!0,tap_action:r,icon_tap_action:r}}numbered(e){return V(this.printer.found,e).map(t=>`${e}.${t}`)}graph(e){let t=e.flatMap(s=>{let r=this.printer.entity(s);return r?[{entity:r,name:Ye}]:[]});if(t.length)return{type:"history-graph",hours_to_show:1,entities:t,grid_options:{columns:12}}}get now(){let e=this.printer.entity("camera.camera");return this.section("now","mdi:printer-3d-nozzle",[this.card("printer"),e?this.card("camera"):void 0])}get filament(){let e=E(this.printer).length>0;return this.section("filament","mdi:palette-swatch",[e?this.card("slots"):void 0])}get temperatures(){let e=[...this.numbered("sensor.nozzle_n_temperature"),"sensor.nozzle_temperature","sensor.bed_temperature","sensor.chamber_temperature"],t=[...this.numbered("number.nozzle_n_target"),"number.nozzle_target","number.bed_target","number.chamber_target"];return this.section("temperatures","mdi:thermometer",[this.graph(e),...t.map(s=>this.tile(s,Xe))])}get print(){return this.section("print","mdi:cube-outline",[this.tile("select.print_file",ts),this.button("button.print_selected_file","ask_print")])}get prints(){let e=this.printer.entity("sensor.last_print")??this.printer.entity("event.print");return this.section("prints","mdi:history",[e?this.card("history"):void 0])}get adjust(){return this.section("adjust","mdi:tune-variant",[this.tile("number.print_speed_factor",Us),this.tile("number.z_offset",Xe),this.tile("fan.part_fan",oe),this.tile("fan.left_part_fan",oe),this.tile("fan.chamber_fan",oe),this.tile("select.filtration",ts),this.tile("switch.auto_power_off",void 0,12)])}get health(){return this.section("health","mdi:heart-pulse",[this.tile("sensor.error",void 0,12),this.tile("sensor.lifetime_print_time"),this.tile("sensor.lifetime_filament"),this.tile("sensor.air_quality"),this.tile("sensor.free_storage"),this.tile("sensor.offline_reason",void 0,12)])}};function Ls(...n){let e=n.flat().flatMap(t=>t.cards);return e.length?[{type:"grid",cards:e}]:[]}async function es(n,e){return await lt(e),new ae(e,n.printer??n.device_id,q(e))}var It=class extends HTMLElement{static{this.noEditor=!0}static getCreateSuggestions(){return{title:"3D printers",icon:"mdi:printer-3d"}}static async generate(e,t){await lt(t);let s=q(t),r=k(t),i={title:s("farm"),path:"farm",type:"sections",max_columns:4,sections:[{type:"grid",column_span:4,cards:[{type:"custom:flashforge-farm-card",views:!0}]}]},o=r.map(d=>({title:z(d),path:Pt(d.id),strategy:{type:`custom:${$}-printer`,printer:d.id}})),l={title:s("prints"),path:"prints",icon:"mdi:history",type:"sections",max_columns:2,sections:[{type:"grid",column_span:2,cards:[{type:"custom:flashforge-history-card"}]}]};return{views:r.length>1?[i,...o,l]:r.length?o:[i]}}},Dt=class extends HTMLElement{static{this.noEditor=!0}static async generate(e,t){let s=await es(e,t),{now:r,filament:i,temperatures:o,print:l,prints:d,adjust:p,health:m}=s;return s.printer.exists?{type:"sections",max_columns:3,dense_section_placement:!0,sections:[...r,...Ls(i,l),...d,...o,...m,...p]}:{type:"sections",sections:[{type:"grid",cards:[s.card("printer")]}]}}},jt=class extends HTMLElement{static{this.noEditor=!0}static getStubConfig(e){return{type:`custom:${$}-printer`,printer:k(e)[0]?.id}}static async generate(e,t){let s=await es(e,t),r={type:"heading",heading:s.printer.name,icon:"mdi:printer-3d-nozzle"},i=["printer",...s.printer.entity("camera.camera")?["camera"]:[]];return E(s.printer).length&&i.push("slots"),{type:"grid",cards:[r,...i.map(o=>s.card(o))]}}};var Bt="https://github.com/flashforge-home-assistant/flashforge/blob/main/docs/dashboard.md";_("flashforge-live",Lt);_("flashforge-printer-card",Ot);_("flashforge-compact-card",_t);_("flashforge-slots-card",Ht);_("flashforge-camera-card",xt);_("flashforge-farm-card",Tt);_("flashforge-history-card",Rt);_("flashforge-controls",Mt);_("flashforge-swatches",Nt);_("flashforge-badge",$t);_("ll-strategy-dashboard-flashforge",It);_("ll-strategy-view-flashforge-printer",Dt);_("ll-strategy-section-flashforge-printer",jt);var ss=()=>!0,Ft=(...n)=>e=>n.some(t=>e.startsWith(t)),Is=(n,e)=>(t,s)=>{let r=at(t,s),i=t.entities[s]?.translation_key??"";return r&&e(i)?{config:{type:`custom:${n}`,printer:r}}:null},Y=(n,e,t,s)=>({type:n,name:e,description:t,preview:!0,documentationURL:Bt,getEntitySuggestion:Is(n,s)});Z("customCards",Y("flashforge-printer-card","FlashForge printer","A printer, its job, and what can be done now",ss),Y("flashforge-compact-card","FlashForge printer, compact","A printer in two rows",ss),Y("flashforge-slots-card","FlashForge filament","The filament in each slot: label, load and unload it",Ft("slot","direct_feed","active_slot","station_activity","material")),Y("flashforge-history-card","FlashForge prints","The prints that are over, of one printer or of all",n=>n==="print"||Ft("last_print","job_thumbnail")(n)),Y("flashforge-camera-card","FlashForge camera","The camera and the job, live while visible",Ft("camera")),{type:"flashforge-farm-card",name:"FlashForge printers",description:"All printers, those that need you first",preview:!0,documentationURL:Bt});Z("customBadges",{...Y("flashforge-badge","FlashForge printer","A printer in one line",Ft("status"))});Z("customCardFeatures",{type:"flashforge-controls",name:"FlashForge pause, resume, cancel",isSupported:Ut},{type:"flashforge-swatches",name:"FlashForge slots",isSupported:Ze});Z("customStrategies",{type:"flashforge",strategyType:"dashboard",name:"FlashForge",description:"All printers, and a view for each",documentationURL:Bt});Z("customStrategies",{type:"flashforge-printer",strategyType:"section",name:"FlashForge printer",description:"The printer, its camera and its filament",documentationURL:Bt});
