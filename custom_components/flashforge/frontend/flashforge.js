// Built by scripts/frontend from 766cdd000d13899a681769e8f4b71142cb72ddcd8103610e78502300dfbf9fba; do not edit. Contains Lit: Copyright Google LLC, BSD-3-Clause.
var j=globalThis,B=j.ShadowRoot&&(j.ShadyCSS===void 0||j.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,ie=Symbol(),_e=new WeakMap,P=class{constructor(t,e,s){if(this._$cssResult$=!0,s!==ie)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=t,this.t=e}get styleSheet(){let t=this.o,e=this.t;if(B&&t===void 0){let s=e!==void 0&&e.length===1;s&&(t=_e.get(e)),t===void 0&&((this.o=t=new CSSStyleSheet).replaceSync(this.cssText),s&&_e.set(e,t))}return t}toString(){return this.cssText}},we=i=>new P(typeof i=="string"?i:i+"",void 0,ie),b=(i,...t)=>{let e=i.length===1?i[0]:t.reduce((s,n,r)=>s+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(n)+i[r+1],i[0]);return new P(e,i,ie)},xe=(i,t)=>{if(B)i.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let e of t){let s=document.createElement("style"),n=j.litNonce;n!==void 0&&s.setAttribute("nonce",n),s.textContent=e.cssText,i.appendChild(s)}},re=B?i=>i:i=>i instanceof CSSStyleSheet?(t=>{let e="";for(let s of t.cssRules)e+=s.cssText;return we(e)})(i):i;var{is:nt,defineProperty:it,getOwnPropertyDescriptor:rt,getOwnPropertyNames:ot,getOwnPropertySymbols:at,getPrototypeOf:lt}=Object,W=globalThis,Ae=W.trustedTypes,dt=Ae?Ae.emptyScript:"",ct=W.reactiveElementPolyfillSupport,R=(i,t)=>i,oe={toAttribute(i,t){switch(t){case Boolean:i=i?dt:null;break;case Object:case Array:i=i==null?i:JSON.stringify(i)}return i},fromAttribute(i,t){let e=i;switch(t){case Boolean:e=i!==null;break;case Number:e=i===null?null:Number(i);break;case Object:case Array:try{e=JSON.parse(i)}catch{e=null}}return e}},Ee=(i,t)=>!nt(i,t),Se={attribute:!0,type:String,converter:oe,reflect:!1,useDefault:!1,hasChanged:Ee};Symbol.metadata??=Symbol("metadata"),W.litPropertyMetadata??=new WeakMap;var v=class extends HTMLElement{static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(t,e=Se){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(t,e),!e.noAccessor){let s=Symbol(),n=this.getPropertyDescriptor(t,s,e);n!==void 0&&it(this.prototype,t,n)}}static getPropertyDescriptor(t,e,s){let{get:n,set:r}=rt(this.prototype,t)??{get(){return this[e]},set(o){this[e]=o}};return{get:n,set(o){let d=n?.call(this);r?.call(this,o),this.requestUpdate(t,d,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(t){return this.elementProperties.get(t)??Se}static _$Ei(){if(this.hasOwnProperty(R("elementProperties")))return;let t=lt(this);t.finalize(),t.l!==void 0&&(this.l=[...t.l]),this.elementProperties=new Map(t.elementProperties)}static finalize(){if(this.hasOwnProperty(R("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(R("properties"))){let e=this.properties,s=[...ot(e),...at(e)];for(let n of s)this.createProperty(n,e[n])}let t=this[Symbol.metadata];if(t!==null){let e=litPropertyMetadata.get(t);if(e!==void 0)for(let[s,n]of e)this.elementProperties.set(s,n)}this._$Eh=new Map;for(let[e,s]of this.elementProperties){let n=this._$Eu(e,s);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(t){let e=[];if(Array.isArray(t)){let s=new Set(t.flat(1/0).reverse());for(let n of s)e.unshift(re(n))}else t!==void 0&&e.push(re(t));return e}static _$Eu(t,e){let s=e.attribute;return s===!1?void 0:typeof s=="string"?s:typeof t=="string"?t.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(t=>this.enableUpdating=t),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(t=>t(this))}addController(t){(this._$EO??=new Set).add(t),this.renderRoot!==void 0&&this.isConnected&&t.hostConnected?.()}removeController(t){this._$EO?.delete(t)}_$E_(){let t=new Map,e=this.constructor.elementProperties;for(let s of e.keys())this.hasOwnProperty(s)&&(t.set(s,this[s]),delete this[s]);t.size>0&&(this._$Ep=t)}createRenderRoot(){let t=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return xe(t,this.constructor.elementStyles),t}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(t=>t.hostConnected?.())}enableUpdating(t){}disconnectedCallback(){this._$EO?.forEach(t=>t.hostDisconnected?.())}attributeChangedCallback(t,e,s){this._$AK(t,s)}_$ET(t,e){let s=this.constructor.elementProperties.get(t),n=this.constructor._$Eu(t,s);if(n!==void 0&&s.reflect===!0){let r=(s.converter?.toAttribute!==void 0?s.converter:oe).toAttribute(e,s.type);this._$Em=t,r==null?this.removeAttribute(n):this.setAttribute(n,r),this._$Em=null}}_$AK(t,e){let s=this.constructor,n=s._$Eh.get(t);if(n!==void 0&&this._$Em!==n){let r=s.getPropertyOptions(n),o=typeof r.converter=="function"?{fromAttribute:r.converter}:r.converter?.fromAttribute!==void 0?r.converter:oe;this._$Em=n;let d=o.fromAttribute(e,r.type);this[n]=d??this._$Ej?.get(n)??d,this._$Em=null}}requestUpdate(t,e,s,n=!1,r){if(t!==void 0){let o=this.constructor;if(n===!1&&(r=this[t]),s??=o.getPropertyOptions(t),!((s.hasChanged??Ee)(r,e)||s.useDefault&&s.reflect&&r===this._$Ej?.get(t)&&!this.hasAttribute(o._$Eu(t,s))))return;this.C(t,e,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(t,e,{useDefault:s,reflect:n,wrapped:r},o){s&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,o??e??this[t]),r!==!0||o!==void 0)||(this._$AL.has(t)||(this.hasUpdated||s||(e=void 0),this._$AL.set(t,e)),n===!0&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let t=this.scheduleUpdate();return t!=null&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[n,r]of this._$Ep)this[n]=r;this._$Ep=void 0}let s=this.constructor.elementProperties;if(s.size>0)for(let[n,r]of s){let{wrapped:o}=r,d=this[n];o!==!0||this._$AL.has(n)||d===void 0||this.C(n,void 0,r,d)}}let t=!1,e=this._$AL;try{t=this.shouldUpdate(e),t?(this.willUpdate(e),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(e)):this._$EM()}catch(s){throw t=!1,this._$EM(),s}t&&this._$AE(e)}willUpdate(t){}_$AE(t){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(t){return!0}update(t){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(t){}firstUpdated(t){}};v.elementStyles=[],v.shadowRootOptions={mode:"open"},v[R("elementProperties")]=new Map,v[R("finalized")]=new Map,ct?.({ReactiveElement:v}),(W.reactiveElementVersions??=[]).push("2.1.2");var pe=globalThis,ke=i=>i,F=pe.trustedTypes,Ce=F?F.createPolicy("lit-html",{createHTML:i=>i}):void 0,ze="$lit$",y=`lit$${Math.random().toFixed(9).slice(2)}$`,Me="?"+y,ut=`<${Me}>`,x=document,O=()=>x.createComment(""),T=i=>i===null||typeof i!="object"&&typeof i!="function",fe=Array.isArray,ht=i=>fe(i)||typeof i?.[Symbol.iterator]=="function",ae=`[ 	
\f\r]`,H=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,Pe=/-->/g,Re=/>/g,_=RegExp(`>|${ae}(?:([^\\s"'>=/]+)(${ae}*=${ae}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),He=/'/g,Oe=/"/g,Ne=/^(?:script|style|textarea|title)$/i,ge=i=>(t,...e)=>({_$litType$:i,strings:t,values:e}),c=ge(1),Rt=ge(2),Ht=ge(3),A=Symbol.for("lit-noChange"),l=Symbol.for("lit-nothing"),Te=new WeakMap,w=x.createTreeWalker(x,129);function Ue(i,t){if(!fe(i)||!i.hasOwnProperty("raw"))throw Error("invalid template strings array");return Ce!==void 0?Ce.createHTML(t):t}var pt=(i,t)=>{let e=i.length-1,s=[],n,r=t===2?"<svg>":t===3?"<math>":"",o=H;for(let d=0;d<e;d++){let a=i[d],u,p,h=-1,f=0;for(;f<a.length&&(o.lastIndex=f,p=o.exec(a),p!==null);)f=o.lastIndex,o===H?p[1]==="!--"?o=Pe:p[1]!==void 0?o=Re:p[2]!==void 0?(Ne.test(p[2])&&(n=RegExp("</"+p[2],"g")),o=_):p[3]!==void 0&&(o=_):o===_?p[0]===">"?(o=n??H,h=-1):p[1]===void 0?h=-2:(h=o.lastIndex-p[2].length,u=p[1],o=p[3]===void 0?_:p[3]==='"'?Oe:He):o===Oe||o===He?o=_:o===Pe||o===Re?o=H:(o=_,n=void 0);let g=o===_&&i[d+1].startsWith("/>")?" ":"";r+=o===H?a+ut:h>=0?(s.push(u),a.slice(0,h)+ze+a.slice(h)+y+g):a+y+(h===-2?d:g)}return[Ue(i,r+(i[e]||"<?>")+(t===2?"</svg>":t===3?"</math>":"")),s]},z=class i{constructor({strings:t,_$litType$:e},s){let n;this.parts=[];let r=0,o=0,d=t.length-1,a=this.parts,[u,p]=pt(t,e);if(this.el=i.createElement(u,s),w.currentNode=this.el.content,e===2||e===3){let h=this.el.content.firstChild;h.replaceWith(...h.childNodes)}for(;(n=w.nextNode())!==null&&a.length<d;){if(n.nodeType===1){if(n.hasAttributes())for(let h of n.getAttributeNames())if(h.endsWith(ze)){let f=p[o++],g=n.getAttribute(h).split(y),D=/([.?@])?(.*)/.exec(f);a.push({type:1,index:r,name:D[2],strings:g,ctor:D[1]==="."?de:D[1]==="?"?ce:D[1]==="@"?ue:C}),n.removeAttribute(h)}else h.startsWith(y)&&(a.push({type:6,index:r}),n.removeAttribute(h));if(Ne.test(n.tagName)){let h=n.textContent.split(y),f=h.length-1;if(f>0){n.textContent=F?F.emptyScript:"";for(let g=0;g<f;g++)n.append(h[g],O()),w.nextNode(),a.push({type:2,index:++r});n.append(h[f],O())}}}else if(n.nodeType===8)if(n.data===Me)a.push({type:2,index:r});else{let h=-1;for(;(h=n.data.indexOf(y,h+1))!==-1;)a.push({type:7,index:r}),h+=y.length-1}r++}}static createElement(t,e){let s=x.createElement("template");return s.innerHTML=t,s}};function k(i,t,e=i,s){if(t===A)return t;let n=s!==void 0?e._$Co?.[s]:e._$Cl,r=T(t)?void 0:t._$litDirective$;return n?.constructor!==r&&(n?._$AO?.(!1),r===void 0?n=void 0:(n=new r(i),n._$AT(i,e,s)),s!==void 0?(e._$Co??=[])[s]=n:e._$Cl=n),n!==void 0&&(t=k(i,n._$AS(i,t.values),n,s)),t}var le=class{constructor(t,e){this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t){let{el:{content:e},parts:s}=this._$AD,n=(t?.creationScope??x).importNode(e,!0);w.currentNode=n;let r=w.nextNode(),o=0,d=0,a=s[0];for(;a!==void 0;){if(o===a.index){let u;a.type===2?u=new M(r,r.nextSibling,this,t):a.type===1?u=new a.ctor(r,a.name,a.strings,this,t):a.type===6&&(u=new he(r,this,t)),this._$AV.push(u),a=s[++d]}o!==a?.index&&(r=w.nextNode(),o++)}return w.currentNode=x,n}p(t){let e=0;for(let s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(t,s,e),e+=s.strings.length-2):s._$AI(t[e])),e++}},M=class i{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(t,e,s,n){this.type=2,this._$AH=l,this._$AN=void 0,this._$AA=t,this._$AB=e,this._$AM=s,this.options=n,this._$Cv=n?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode,e=this._$AM;return e!==void 0&&t?.nodeType===11&&(t=e.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(t,e=this){t=k(this,t,e),T(t)?t===l||t==null||t===""?(this._$AH!==l&&this._$AR(),this._$AH=l):t!==this._$AH&&t!==A&&this._(t):t._$litType$!==void 0?this.$(t):t.nodeType!==void 0?this.T(t):ht(t)?this.k(t):this._(t)}O(t){return this._$AA.parentNode.insertBefore(t,this._$AB)}T(t){this._$AH!==t&&(this._$AR(),this._$AH=this.O(t))}_(t){this._$AH!==l&&T(this._$AH)?this._$AA.nextSibling.data=t:this.T(x.createTextNode(t)),this._$AH=t}$(t){let{values:e,_$litType$:s}=t,n=typeof s=="number"?this._$AC(t):(s.el===void 0&&(s.el=z.createElement(Ue(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===n)this._$AH.p(e);else{let r=new le(n,this),o=r.u(this.options);r.p(e),this.T(o),this._$AH=r}}_$AC(t){let e=Te.get(t.strings);return e===void 0&&Te.set(t.strings,e=new z(t)),e}k(t){fe(this._$AH)||(this._$AH=[],this._$AR());let e=this._$AH,s,n=0;for(let r of t)n===e.length?e.push(s=new i(this.O(O()),this.O(O()),this,this.options)):s=e[n],s._$AI(r),n++;n<e.length&&(this._$AR(s&&s._$AB.nextSibling,n),e.length=n)}_$AR(t=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);t!==this._$AB;){let s=ke(t).nextSibling;ke(t).remove(),t=s}}setConnected(t){this._$AM===void 0&&(this._$Cv=t,this._$AP?.(t))}},C=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(t,e,s,n,r){this.type=1,this._$AH=l,this._$AN=void 0,this.element=t,this.name=e,this._$AM=n,this.options=r,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=l}_$AI(t,e=this,s,n){let r=this.strings,o=!1;if(r===void 0)t=k(this,t,e,0),o=!T(t)||t!==this._$AH&&t!==A,o&&(this._$AH=t);else{let d=t,a,u;for(t=r[0],a=0;a<r.length-1;a++)u=k(this,d[s+a],e,a),u===A&&(u=this._$AH[a]),o||=!T(u)||u!==this._$AH[a],u===l?t=l:t!==l&&(t+=(u??"")+r[a+1]),this._$AH[a]=u}o&&!n&&this.j(t)}j(t){t===l?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,t??"")}},de=class extends C{constructor(){super(...arguments),this.type=3}j(t){this.element[this.name]=t===l?void 0:t}},ce=class extends C{constructor(){super(...arguments),this.type=4}j(t){this.element.toggleAttribute(this.name,!!t&&t!==l)}},ue=class extends C{constructor(t,e,s,n,r){super(t,e,s,n,r),this.type=5}_$AI(t,e=this){if((t=k(this,t,e,0)??l)===A)return;let s=this._$AH,n=t===l&&s!==l||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive,r=t!==l&&(s===l||n);n&&this.element.removeEventListener(this.name,this,s),r&&this.element.addEventListener(this.name,this,t),this._$AH=t}handleEvent(t){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)}},he=class{constructor(t,e,s){this.element=t,this.type=6,this._$AN=void 0,this._$AM=e,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(t){k(this,t)}};var ft=pe.litHtmlPolyfillSupport;ft?.(z,M),(pe.litHtmlVersions??=[]).push("3.3.3");var Le=(i,t,e)=>{let s=e?.renderBefore??t,n=s._$litPart$;if(n===void 0){let r=e?.renderBefore??null;s._$litPart$=n=new M(t.insertBefore(O(),r),r,void 0,e??{})}return n._$AI(i),n};var me=globalThis,m=class extends v{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}update(t){let e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(t),this._$Do=Le(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return A}};m._$litElement$=!0,m.finalized=!0,me.litElementHydrateSupport?.({LitElement:m});var gt=me.litElementPolyfillSupport;gt?.({LitElement:m});(me.litElementVersions??=[]).push("4.2.2");async function Ie(i,t){let{title:e,text:s,yes:n,no:r}=t,o;try{o=(await window.loadCardHelpers?.())?.showConfirmationDialog}catch{}return o?o(i,{title:e,text:s,confirmText:n,dismissText:r,destructive:!0}):window.confirm([e,s].filter(Boolean).join(`
`))}var $="flashforge";function V(i,t){i.dispatchEvent(new CustomEvent("hass-more-info",{bubbles:!0,composed:!0,detail:{entityId:t}}))}function q(i){history.pushState(null,"",i),window.dispatchEvent(new CustomEvent("location-changed",{detail:{replace:!1}}))}function Q(i,t){return i.hassUrl?i.hassUrl(t):t}var mt=new Map,De=new Set(["slot","slot_filament","slot_load","slot_unload","slot_material","slot_color","nozzle_n_temperature","nozzle_n_target"]),bt=/_(\d+)(?:_[a-z_]+)?$/,N=new Map,U;function be(i,t){return(U?.entities!==i.entities||U.devices!==i.devices)&&(U={entities:i.entities,devices:i.devices,all:yt(i)}),t&&U.all.get(t)||mt}function vt(){U=void 0}function yt(i){let t=new Map,e=new Map;for(let s of Object.values(i.entities)){if(s.platform!==$||!s.translation_key||!s.device_id)continue;let n=je(i,s.device_id),r=t.get(n)??new Map;t.set(n,r);let o=$t(s);if(!De.has(s.translation_key)){r.set(o,s.entity_id);continue}let d=(e.get(n+o)??0)+1;e.set(n+o,d),r.set(`${o}.${N.get(s.entity_id)??d}`,s.entity_id)}return t}function $t(i){return`${i.entity_id.split(".",1)[0]}.${i.translation_key}`}function je(i,t){let{via_device_id:e,parent_device_id:s}=i.devices[t]??{},n=s??e;return n&&Be(i.devices[n])?n:t}function Be(i){return!!i?.identifiers?.some(([t])=>t===$)}async function We(i){let t=Object.values(i.entities).filter(({entity_id:e,platform:s,translation_key:n})=>s===$&&De.has(n??"")&&!N.has(e)).map(({entity_id:e})=>e);if(!t.length)return!1;for(let e of t)N.set(e,null);try{let e=await i.callWS({type:"config/entity_registry/get_entries",entity_ids:t});for(let s of t){let n=bt.exec(e[s]?.unique_id??"")?.[1];n&&N.set(s,Number(n))}}catch{for(let e of t)N.delete(e);return!1}return vt(),!0}function Fe(i,t){return[...i.keys()].filter(e=>e.startsWith(`${t}.`)).map(e=>Number(e.slice(t.length+1))).sort((e,s)=>e-s)}function G(i){return Object.values(i.devices).filter(t=>Be(t)&&be(i,t.id).has("sensor.status")).sort((t,e)=>K(t).localeCompare(K(e),i.language))}function K(i){return i?.name_by_user||i?.name||""}function Ve(i,t){let e=i.entities[t];if(!(e?.platform!==$||!e.device_id))return je(i,e.device_id)}var ye=new Map,ve=new Map;function $e(i){let t=ye.get(i.language);return(e,s)=>t?.(`component.${$}.common.card_${e}`,s)??""}async function qe(i){let{language:t}=i;if(ye.has(t))return!0;let e=ve.get(t);e||(e=i.loadBackendTranslation("common",$),ve.set(t,e));try{return ye.set(t,await e),!0}catch{return ve.delete(t),!1}}async function Qe(i,t){let{message:e=String(t),translation_domain:s,translation_key:n,translation_placeholders:r}=t??{};if(!s||!n)return e;try{return(await i.loadBackendTranslation("exceptions",s))(`component.${s}.exceptions.${n}.message`,r)||e}catch{return e}}function Ke(i,t){let{language:e=i.language,time_format:s,time_zone:n}=i.locale??{},r=n==="server"?i.config?.time_zone:void 0;return new Intl.DateTimeFormat(e,{...t,...t.hour&&s==="12"?{hour12:!0}:{},...t.hour&&s==="24"?{hourCycle:"h23"}:{},...r?{timeZone:r}:{}})}var _t=new Set(["unknown","unavailable",""]);var S=new Set(["heating","printing","pausing","paused","canceling"]),wt={printing:"blue",heating:"blue",calibrating:"blue",busy:"blue",pausing:"amber",paused:"amber",canceling:"amber",completed:"green",canceled:"amber",error:"red"},xt={s:1/60,min:1,h:60,d:1440},J=class{constructor(t,e){this.hass=t;this.id=e;this.found=be(t,e)}get exists(){return this.found.size>0}get name(){return K(this.id?this.hass.devices[this.id]:void 0)}entity(t){return this.found.get(t)}state(t){let e=this.found.get(t);return e?this.hass.states[e]:void 0}value(t){let e=this.state(t)?.state;return e===void 0||_t.has(e)?void 0:e}number(t){let e=this.value(t),s=e===void 0?NaN:Number(e);return Number.isFinite(s)?s:void 0}attribute(t,e){return this.state(t)?.attributes[e]}words(t){let e=this.state(t);return e&&this.value(t)!==void 0?this.hass.formatEntityState(e):void 0}attributeWords(t,e){let s=this.state(t),n=s?.attributes[e];return s&&n!==void 0&&n!==null?this.hass.formatEntityAttributeValue(s,e):void 0}get status(){return this.value("sensor.status")??"unknown"}get color(){return wt[this.status]??"gray"}get offline(){return this.status==="offline"||this.status==="unknown"}get minutesLeft(){let t=this.number("sensor.remaining_time"),e=String(this.attribute("sensor.remaining_time","unit_of_measurement")??"min");return t===void 0?void 0:t*(xt[e]??1)}get pending(){return this.attributeWords("sensor.status","pending_command")}get plateOccupied(){return this.value("binary_sensor.plate_occupied")==="on"}};function L(i,t){let e=Math.round(t),[s,n]=[Math.floor(e/60),e%60];return s?i("hours",{hours:String(s),minutes:String(n)}):i("minutes",{minutes:String(n)})}function I(i,t,e=new Date){let s=new Date(t??"");if(Number.isNaN(s.getTime()))return;let n=a=>Ke(i,a),r=n({year:"numeric",month:"numeric",day:"numeric"}),o=r.format(s)===r.format(e),d=Math.abs(s.getTime()-e.getTime())<6*864e5;return n({hour:"numeric",minute:"2-digit",...o?{}:d?{weekday:"short"}:{month:"short",day:"numeric"}}).format(s)}var Ge=new URL(import.meta.url).searchParams.get("v"),At=15*6e4,Z,Je=-1/0;function Ze(i,t=Date.now()){return(!Z||t-Je>At)&&(Je=t,Z=St(i)),Z}async function St(i){if(!Ge)return!1;try{let{version:t}=await i.callWS({type:"flashforge/cards"});return t!==Ge}catch{return!1}}function Xe(){Z=void 0}var E=class extends m{constructor(){super();this.language="";this.reconnected=e=>{e.detail==="connected"&&(Xe(),this.entities=void 0,this.requestUpdate("known"))};this.learned=e=>{e&&(this.known+=1)};this.more=e=>()=>{let s=this.printer.entity(e);s&&V(this,s)};this.outdated=!1,this.known=0}static{this.properties={hass:{attribute:!1},printerId:{state:!0},refusal:{state:!0},running:{state:!0},outdated:{state:!0},known:{state:!0}}}setConfig(e){this.printerId=e.printer}get printer(){return new J(this.hass,this.printerId)}get words(){return $e(this.hass)}connectedCallback(){super.connectedCallback(),window.addEventListener("connection-status",this.reconnected)}disconnectedCallback(){window.removeEventListener("connection-status",this.reconnected),super.disconnectedCallback()}shouldUpdate(e){if(!this.hass)return!1;if(e.size>1||!e.has("hass"))return!0;let s=e.get("hass");return!s||this.differs(s,this.hass)}differs(e,s){return e.entities!==s.entities||e.devices!==s.devices||e.language!==s.language||e.locale!==s.locale?!0:this.watches().some(n=>e.states[n]!==s.states[n])}watches(){let{found:e}=this.printer;return[...e].filter(([s])=>this.watched.some(n=>s===n||s.startsWith(`${n}.`))).map(([,s])=>s)}willUpdate(){let e=this.hass;e.language!==this.language&&(this.language=e.language,qe(e).then(this.learned)),e.entities!==this.entities&&(this.entities=e.entities,We(e).then(this.learned),Ze(e).then(s=>{this.outdated=s}))}press(e,s){return this.carryOut(e,["button","press"],s)}async carryOut(e,s,n){let r=this.printer.entity(e);return!r||!this.hass.states[r]?(this.refusal=this.words("gone"),!1):this.call(e,s,{entity_id:r},n)}act(e,s,n){return this.call(e,s,{device_id:this.printerId},n)}async call(e,[s,n,r={}],o,d){if(this.running||(this.refusal=void 0,d&&!await Ie(this,d)))return!1;this.running=e;try{return await this.hass.callService(s,n,r,o,!1),!0}catch(a){return this.refusal=await Qe(this.hass,a),!1}finally{this.running=void 0}}ask(e,s,n){return{title:e,yes:s,no:this.words("no"),...n?{text:n}:{}}}cancelQuestion(){let e=this.printer.value("sensor.file")??"";return this.ask(this.words("ask_cancel"),this.words("cancel_print"),e)}notices(){let{refusal:e,outdated:s}=this;return!e&&!s?l:c`
      ${s?c`<div class="notice" role="status">
            <ha-icon icon="mdi:refresh"></ha-icon>
            <span>${this.words("outdated")}</span>
            <button class="text" @click=${()=>location.reload()}>${this.words("reload")}</button>
          </div>`:l}
      ${e?c`<div class="notice refusal" role="alert">
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
    `}nobody(){let e=this.printerId?"removed":"choose";return c`<ha-card><div class="empty">${this.words(e)}</div></ha-card>`}};function X(){return{schema:[{name:"printer",required:!0,selector:{device:{integration:"flashforge"}}}],computeLabel:()=>{let i=document.querySelector("home-assistant");return i?.hass&&$e(i.hass)("printer")||void 0}}}var Y=b`
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
`;var ee=class extends E{constructor(){super(...arguments);this.watched=["sensor.status","sensor.progress","sensor.remaining_time","sensor.finish_time","sensor.file","sensor.error","sensor.offline_reason","binary_sensor.plate_occupied"]}setConfig(e){super.setConfig(e),this.path=e.path}static{this.getConfigForm=X}static getStubConfig(e){return{printer:G(e)[0]?.id}}getCardSize(){return 2}getGridOptions(){return{columns:6,rows:2,min_columns:6,min_rows:2}}open(){let e=this.printer.entity("sensor.status");this.path?q(this.path):e&&V(this,e)}render(){let{printer:e}=this;if(!e.exists)return this.nobody();let s=S.has(e.status),n=e.number("sensor.progress"),r=s&&n!==void 0?Math.round(n):void 0,o=s?e.minutesLeft:void 0,d=e.words("sensor.status")??this.words("unknown");return c`<ha-card class=${e.color}>
      <button class="all" @click=${this.open}>
        <span class="top">
          <ha-icon icon="mdi:printer-3d"></ha-icon>
          <span class="name">${e.name}</span>
          ${r===void 0?l:c`<strong>${r} %</strong>`}
        </span>
        <span class="line">
          <span class="chip">${d}</span>
          ${o===void 0?l:c`<span class="muted">${L(this.words,o)}</span>`}
        </span>
        <span class="line muted">${this.detail()}</span>
        ${r===void 0?l:c`<span class="bar" role="progressbar" aria-label=${this.words("progress")}
              aria-valuemin="0" aria-valuemax="100" aria-valuenow=${r}
              ><div style="width:${r}%"></div
            ></span>`}
      </button>
    </ha-card>`}detail(){let{printer:e}=this;if(e.offline){let n=e.value("sensor.offline_reason"),r=I(this.hass,e.state("sensor.status")?.last_changed);return n&&n!=="none"?e.words("sensor.offline_reason")??"":r?this.words("off_since",{time:r}):""}let s=e.value("sensor.error");return s&&s!=="none"?e.words("sensor.error")??"":e.plateOccupied&&!S.has(e.status)?this.words("plate"):e.value("sensor.file")??""}static{this.styles=[Y,b`
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
    `]}};var Ye=[["sensor.nozzle_temperature","number.nozzle_target","mdi:printer-3d-nozzle-heat"],["sensor.bed_temperature","number.bed_target","mdi:radiator"],["sensor.chamber_temperature","number.chamber_target","mdi:cube-scan"]],te=class extends E{constructor(){super();this.watched=["sensor.status","sensor.progress","sensor.remaining_time","sensor.finish_time","sensor.file","sensor.current_layer","sensor.total_layers","sensor.elapsed_time","sensor.filament_weight_used","sensor.error","sensor.material","sensor.upload_progress","sensor.offline_reason","sensor.nozzle_n_temperature","number.nozzle_n_target","binary_sensor.plate_occupied","light.light","switch.power","camera.camera","image.job_thumbnail",...Ye.flatMap(([e,s])=>[e,s])];this.live=!1}static{this.properties={...E.properties,live:{state:!0}}}static{this.getConfigForm=X}static getStubConfig(e){return{printer:G(e)[0]?.id}}getCardSize(){return 6}getGridOptions(){return{columns:12,rows:"auto",min_columns:6}}render(){let{printer:e}=this;return e.exists?c`<ha-card class=${e.color}>
      <div class="card">
        ${this.header(e)} ${this.notices()} ${this.trouble(e)}
        ${this.upload(e)} ${this.job(e)} ${this.temperatures(e)}
        ${this.buttons(e)}
      </div>
    </ha-card>`:this.nobody()}header(e){let s=e.value("light.light"),n=e.value("switch.power"),r=e.words("sensor.status")??this.words("unknown");return c`<div class="header">
      <button
        class="name"
        aria-label=${this.words("open_device",{printer:e.name})}
        @click=${()=>q(`/config/devices/device/${this.printerId}`)}
      >
        <ha-icon icon="mdi:printer-3d"></ha-icon>
        <span>${e.name}</span>
      </button>
      <button class="state" @click=${this.more("sensor.status")}>
        <span class="chip">${r}</span>
      </button>
      <span class="tools">
        ${s===void 0?l:c`<button
              class="icon ${s}"
              aria-pressed=${s==="on"}
              aria-label=${this.words("light")}
              @click=${()=>this.carryOut("light.light",["light","toggle"])}
            >
              <ha-icon icon=${s==="on"?"mdi:lightbulb":"mdi:lightbulb-outline"}></ha-icon>
            </button>`}
        ${n===void 0?l:c`<button
              class="icon"
              aria-pressed=${n==="on"}
              aria-label=${this.words("power")}
              @click=${()=>this.togglePower(n==="on")}
            >
              <ha-icon icon="mdi:power"></ha-icon>
            </button>`}
      </span>
    </div>`}togglePower(e){let s=e?this.ask(this.words("ask_power",{printer:this.printer.name}),this.words("turn_off")):void 0;this.carryOut("switch.power",["switch",e?"turn_off":"turn_on"],s)}trouble(e){let{status:s,pending:n}=e;if(e.offline){let d=I(this.hass,e.state("sensor.status")?.last_changed),a=e.value("sensor.offline_reason"),u=a&&a!=="none"?e.words("sensor.offline_reason"):void 0;return c`<div class="said">
        ${u?c`<strong>${u}</strong>`:l}
        ${d?c`<span class="muted">${this.words("off_since",{time:d})}</span>`:l}
      </div>`}let r=e.value("sensor.error");if(r!==void 0&&r!=="none"||s==="error"){let d=e.attribute("sensor.error","code"),a=e.attributeWords("sensor.error","cure");return c`<button class="said wrong" @click=${this.more("sensor.error")}>
        <strong>${e.words("sensor.error")??this.words("error")}</strong>
        ${a?c`<span>${a}</span>`:l}
        ${d?c`<small>${String(d)}</small>`:l}
      </button>`}return n?c`<div class="said"><span>${this.words("waits",{command:n})}</span></div>`:l}upload(e){let s=e.number("sensor.upload_progress");if(s===void 0)return l;let n=String(e.attribute("sensor.upload_progress","file")??"");return c`<div class="blue upload">
      <div class="row"><span class="cut">${this.words("uploading",{file:n})}</span><span>${s} %</span></div>
      ${this.bar(s,this.words("uploading",{file:n}))}
    </div>`}bar(e,s,n=!1){return c`<div
      class="bar ${n?"waiting":""}"
      role="progressbar"
      aria-label=${s}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${e??l}
    >
      <div style=${n?"":`width:${e??0}%`}></div>
    </div>`}job(e){let s=e.value("sensor.file"),{status:n}=e,r=S.has(n),o=n==="completed"||n==="canceled",d=this.picture(e);if(!s&&!r)return l;let a=e.number("sensor.progress");return c`<div class="job ${r||o?"":"small"}">
      ${d}
      <div class="facts">
        ${s?c`<button class="file" @click=${this.more("sensor.file")}>
              ${r||o?l:c`<small class="muted">${this.words("last_file")}</small>`}
              <span>${s}</span>
            </button>`:l}
        ${r&&a!==void 0?c`<button class="percent" @click=${this.more("sensor.progress")}>${Math.round(a)} %</button>`:l}
        ${r?this.bar(a,this.words("progress"),n==="heating"):l}
        ${r?this.times(e):l} ${o?this.summary(e):l}
      </div>
    </div>`}times(e){let s=e.minutesLeft,n=I(this.hass,e.value("sensor.finish_time")),r=e.number("sensor.current_layer"),o=e.number("sensor.total_layers"),d=e.value("sensor.material"),a=[s===void 0?"":this.words("left",{time:L(this.words,s)}),n?this.words("done_at",{time:n}):"",r===void 0||!o?"":this.words("layer",{layer:String(r),layers:String(o)}),d??""].filter(Boolean);return c`<div class="times">${a.map(u=>c`<span>${u}</span>`)}</div>`}summary(e){let s=e.number("sensor.elapsed_time"),r=[e.attribute("sensor.elapsed_time","unit_of_measurement")==="min"&&s?this.words("took",{time:L(this.words,s)}):"",e.words("sensor.filament_weight_used")??""].filter(Boolean);return c`<div class="times">${r.map(o=>c`<span>${o}</span>`)}</div>`}picture(e){let s=e.state("camera.camera"),n=!!s&&s.state!=="unavailable",r=e.attribute("image.job_thumbnail","entity_picture"),o=e.value("image.job_thumbnail");if(!n&&!(r&&o))return l;let d=this.live&&n,a=r&&o?c`<img
            alt=${this.words("preview")}
            src=${Q(this.hass,`${String(r)}&state=${o}`)}
            @error=${u=>u.target.style.visibility="hidden"}
          />`:c`<ha-icon icon="mdi:cube-outline"></ha-icon>`;return c`<button
      class="picture"
      aria-label=${this.words(d?"show_preview":"show_camera")}
      ?disabled=${!n}
      @click=${()=>{this.live=!d}}
    >
      ${d?c`<flashforge-live
            .hass=${this.hass}
            .entity=${s.entity_id}
            .label=${this.words("camera")}
            >${e.attributeWords("camera.camera","stream")}</flashforge-live
          >`:a}
      ${n?c`<ha-icon class="flip" icon=${d?"mdi:image-outline":"mdi:video-outline"}></ha-icon>`:l}
    </button>`}temperatures(e){if(e.offline)return l;let r=[...Fe(e.found,"sensor.nozzle_n_temperature").map(o=>[`sensor.nozzle_n_temperature.${o}`,`number.nozzle_n_target.${o}`,"mdi:printer-3d-nozzle-heat",this.words("nozzle_n",{number:String(o)})]),...Ye.map(([o,d,a])=>[o,d,a,this.words(o.slice(7))])].flatMap(([o,d,a,u])=>{let p=e.number(o);if(p===void 0)return[];let h=e.number(d),f=String(e.attribute(o,"unit_of_measurement")??"°"),g=h?`${Math.round(p)} / ${Math.round(h)} ${f}`:`${Math.round(p)} ${f}`;return[c`<button
          class="heat ${h?"hot":""}"
          aria-label=${`${u}: ${g}`}
          @click=${this.more(e.entity(d)?d:o)}
        >
          <ha-icon icon=${a}></ha-icon>
          <span><small class="muted">${u}</small>${g}</span>
        </button>`]});return r.length?c`<div class="heats">${r}</div>`:l}buttons(e){let{status:s}=e,n=e.value("sensor.error"),r=this.cancelQuestion(),o=[e.offline?l:this.button("button.pause","mdi:pause","amber",s==="printing"||s==="heating"),this.button("button.resume","mdi:play","green",s==="paused"||s==="pausing"),this.button("button.cancel","mdi:stop","red",S.has(s)&&s!=="canceling",r),this.button("button.clear_error","mdi:alert-remove-outline","amber",!e.offline&&n!==void 0&&n!=="none"),this.button("button.clear_plate","mdi:broom","green",!e.offline&&e.plateOccupied&&!S.has(s)),this.button("button.cancel_upload","mdi:upload-off","red",e.number("sensor.upload_progress")!==void 0)].filter(d=>d!==l);return o.length?c`<div class="buttons">${o}</div>`:l}button(e,s,n,r,o){return!r||!this.printer.entity(e)?l:c`<button
      class="big ${n}"
      ?disabled=${this.running!==void 0}
      @click=${()=>this.press(e,o)}
    >
      <ha-icon icon=${this.running===e?"mdi:timer-sand":s}></ha-icon>
      <span>${this.words(e.slice(7))}</span>
    </button>`}static{this.styles=[Y,b`
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
        flex: 0 0 38%;
        max-width: 200px;
        aspect-ratio: 4 / 3;
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
        flex-basis: 96px;
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
    `]}};function se(i,t){customElements.get(i)||customElements.define(i,t)}function et(i,...t){let e=window,s=e[i]??=[];for(let n of t)s.some(({type:r})=>r===n.type)||s.push(n)}var ne=class extends m{constructor(){super();this.onScreen=!0;this.look=()=>{let e=this.isConnected&&this.onScreen&&!document.hidden;this.visible&&!e&&this.stop(),!this.visible&&e&&(this.failed=!1),this.visible=e};this.label="",this.visible=!1,this.failed=!1}static{this.properties={hass:{attribute:!1},entity:{},label:{},visible:{state:!0},failed:{state:!0}}}connectedCallback(){super.connectedCallback(),document.addEventListener("visibilitychange",this.look),typeof IntersectionObserver<"u"&&(this.onScreen=!1,this.observer=new IntersectionObserver(e=>{this.onScreen=e.some(({isIntersecting:s})=>s),this.look()}),this.observer.observe(this)),this.look()}disconnectedCallback(){document.removeEventListener("visibilitychange",this.look),this.observer?.disconnect(),this.stop(),super.disconnectedCallback()}stop(){this.source=void 0,this.visible=!1,this.renderRoot?.querySelector("img")?.setAttribute("src","")}shouldUpdate(e){return e.size>1||!e.has("hass")?!0:e.get("hass")?.states[this.entity??""]!==this.hass?.states[this.entity??""]}willUpdate(e){e.has("entity")&&(this.source=void 0);let s=this.hass?.states[this.entity??""]?.attributes.access_token;if(!this.visible||this.source||!s)return;let n=`/api/camera_proxy_stream/${this.entity}?token=${String(s)}`;this.source=Q(this.hass,n)}fail(){this.failed=!0,this.source=void 0}render(){return!this.visible||this.failed||!this.source?c`<slot></slot>`:c`${this.source?c`<img alt=${this.label} src=${this.source} @error=${this.fail} />`:l}`}static{this.styles=b`
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
  `}};var tt="https://github.com/flashforge-home-assistant/flashforge/blob/main/docs/dashboard.md";se("flashforge-live",ne);se("flashforge-printer-card",te);se("flashforge-compact-card",ee);var st=i=>(t,e)=>{let s=Ve(t,e);return s?{config:{type:`custom:${i}`,printer:s}}:null};et("customCards",{type:"flashforge-printer-card",name:"FlashForge printer",description:"A printer, its job, and what can be done now",preview:!0,documentationURL:tt,getEntitySuggestion:st("flashforge-printer-card")},{type:"flashforge-compact-card",name:"FlashForge printer, compact",description:"A printer in two rows",preview:!0,documentationURL:tt,getEntitySuggestion:st("flashforge-compact-card")});
