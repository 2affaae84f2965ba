// Built by scripts/frontend from 1a295821a1d65b3ea7ed4972d7a1f1d962f49dd0c556c0f9c6ecf811776edd48; do not edit. Contains Lit: Copyright Google LLC, BSD-3-Clause.
var t=globalThis,e=t.ShadowRoot&&(void 0===t.ShadyCSS||t.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,i=Symbol(),s=new WeakMap,r=class{constructor(t,e,s){if(this._$cssResult$=!0,s!==i)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=t,this.t=e}get styleSheet(){let t=this.o,i=this.t;if(e&&void 0===t){let e=void 0!==i&&1===i.length;e&&(t=s.get(i)),void 0===t&&((this.o=t=new CSSStyleSheet).replaceSync(this.cssText),e&&s.set(i,t))}return t}toString(){return this.cssText}},n=(t,...e)=>{let s=1===t.length?t[0]:e.reduce((e,i,s)=>e+(t=>{if(!0===t._$cssResult$)return t.cssText;if("number"==typeof t)return t;throw Error("Value passed to 'css' function must be a 'css' function result: "+t+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(i)+t[s+1],t[0]);return new r(s,t,i)},a=e?t=>t:t=>t instanceof CSSStyleSheet?(t=>{let e="";for(let i of t.cssRules)e+=i.cssText;return(t=>new r("string"==typeof t?t:t+"",void 0,i))(e)})(t):t,{is:o,defineProperty:l,getOwnPropertyDescriptor:h,getOwnPropertyNames:d,getOwnPropertySymbols:c,getPrototypeOf:p}=Object,u=globalThis,f=u.trustedTypes,m=f?f.emptyScript:"",g=u.reactiveElementPolyfillSupport,b=(t,e)=>t,v={toAttribute(t,e){switch(e){case Boolean:t=t?m:null;break;case Object:case Array:t=null==t?t:JSON.stringify(t)}return t},fromAttribute(t,e){let i=t;switch(e){case Boolean:i=null!==t;break;case Number:i=null===t?null:Number(t);break;case Object:case Array:try{i=JSON.parse(t)}catch{i=null}}return i}},w=(t,e)=>!o(t,e),$={attribute:!0,type:String,converter:v,reflect:!1,useDefault:!1,hasChanged:w};Symbol.metadata??=Symbol("metadata"),u.litPropertyMetadata??=new WeakMap;var y=class extends HTMLElement{static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(t,e=$){if(e.state&&(e.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(t)&&((e=Object.create(e)).wrapped=!0),this.elementProperties.set(t,e),!e.noAccessor){let i=Symbol(),s=this.getPropertyDescriptor(t,i,e);void 0!==s&&l(this.prototype,t,s)}}static getPropertyDescriptor(t,e,i){let{get:s,set:r}=h(this.prototype,t)??{get(){return this[e]},set(t){this[e]=t}};return{get:s,set(e){let n=s?.call(this);r?.call(this,e),this.requestUpdate(t,n,i)},configurable:!0,enumerable:!0}}static getPropertyOptions(t){return this.elementProperties.get(t)??$}static _$Ei(){if(this.hasOwnProperty(b("elementProperties")))return;let t=p(this);t.finalize(),void 0!==t.l&&(this.l=[...t.l]),this.elementProperties=new Map(t.elementProperties)}static finalize(){if(this.hasOwnProperty(b("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(b("properties"))){let t=this.properties,e=[...d(t),...c(t)];for(let i of e)this.createProperty(i,t[i])}let t=this[Symbol.metadata];if(null!==t){let e=litPropertyMetadata.get(t);if(void 0!==e)for(let[t,i]of e)this.elementProperties.set(t,i)}this._$Eh=new Map;for(let[t,e]of this.elementProperties){let i=this._$Eu(t,e);void 0!==i&&this._$Eh.set(i,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(t){let e=[];if(Array.isArray(t)){let i=new Set(t.flat(1/0).reverse());for(let t of i)e.unshift(a(t))}else void 0!==t&&e.push(a(t));return e}static _$Eu(t,e){let i=e.attribute;return!1===i?void 0:"string"==typeof i?i:"string"==typeof t?t.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(t=>this.enableUpdating=t),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(t=>t(this))}addController(t){(this._$EO??=new Set).add(t),void 0!==this.renderRoot&&this.isConnected&&t.hostConnected?.()}removeController(t){this._$EO?.delete(t)}_$E_(){let t=new Map,e=this.constructor.elementProperties;for(let i of e.keys())this.hasOwnProperty(i)&&(t.set(i,this[i]),delete this[i]);t.size>0&&(this._$Ep=t)}createRenderRoot(){let i=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return((i,s)=>{if(e)i.adoptedStyleSheets=s.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(let e of s){let s=document.createElement("style"),r=t.litNonce;void 0!==r&&s.setAttribute("nonce",r),s.textContent=e.cssText,i.appendChild(s)}})(i,this.constructor.elementStyles),i}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(t=>t.hostConnected?.())}enableUpdating(t){}disconnectedCallback(){this._$EO?.forEach(t=>t.hostDisconnected?.())}attributeChangedCallback(t,e,i){this._$AK(t,i)}_$ET(t,e){let i=this.constructor.elementProperties.get(t),s=this.constructor._$Eu(t,i);if(void 0!==s&&!0===i.reflect){let r=(void 0!==i.converter?.toAttribute?i.converter:v).toAttribute(e,i.type);this._$Em=t,null==r?this.removeAttribute(s):this.setAttribute(s,r),this._$Em=null}}_$AK(t,e){let i=this.constructor,s=i._$Eh.get(t);if(void 0!==s&&this._$Em!==s){let t=i.getPropertyOptions(s),r="function"==typeof t.converter?{fromAttribute:t.converter}:void 0!==t.converter?.fromAttribute?t.converter:v;this._$Em=s;let n=r.fromAttribute(e,t.type);this[s]=n??this._$Ej?.get(s)??n,this._$Em=null}}requestUpdate(t,e,i,s=!1,r){if(void 0!==t){let n=this.constructor;if(!1===s&&(r=this[t]),i??=n.getPropertyOptions(t),!((i.hasChanged??w)(r,e)||i.useDefault&&i.reflect&&r===this._$Ej?.get(t)&&!this.hasAttribute(n._$Eu(t,i))))return;this.C(t,e,i)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(t,e,{useDefault:i,reflect:s,wrapped:r},n){i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,n??e??this[t]),!0!==r||void 0!==n)||(this._$AL.has(t)||(this.hasUpdated||i||(e=void 0),this._$AL.set(t,e)),!0===s&&this._$Em!==t&&(this._$Eq??=new Set).add(t))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}let t=this.scheduleUpdate();return null!=t&&await t,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[t,e]of this._$Ep)this[t]=e;this._$Ep=void 0}let t=this.constructor.elementProperties;if(t.size>0)for(let[e,i]of t){let{wrapped:t}=i,s=this[e];!0!==t||this._$AL.has(e)||void 0===s||this.C(e,void 0,i,s)}}let t=!1,e=this._$AL;try{t=this.shouldUpdate(e),t?(this.willUpdate(e),this._$EO?.forEach(t=>t.hostUpdate?.()),this.update(e)):this._$EM()}catch(e){throw t=!1,this._$EM(),e}t&&this._$AE(e)}willUpdate(t){}_$AE(t){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(t)),this.updated(t)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(t){return!0}update(t){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(t){}firstUpdated(t){}};y.elementStyles=[],y.shadowRootOptions={mode:"open"},y[b("elementProperties")]=new Map,y[b("finalized")]=new Map,g?.({ReactiveElement:y}),(u.reactiveElementVersions??=[]).push("2.1.2");var x=globalThis,_=t=>t,k=x.trustedTypes,S=k?k.createPolicy("lit-html",{createHTML:t=>t}):void 0,A="$lit$",E=`lit$${Math.random().toFixed(9).slice(2)}$`,C="?"+E,z=`<${C}>`,M=document,O=()=>M.createComment(""),j=t=>null===t||"object"!=typeof t&&"function"!=typeof t,U=Array.isArray,T="[ \t\n\f\r]",P=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,N=/-->/g,R=/>/g,L=RegExp(`>|${T}(?:([^\\s"'>=/]+)(${T}*=${T}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,"g"),I=/'/g,F=/"/g,H=/^(?:script|style|textarea|title)$/i,D=t=>(e,...i)=>({_$litType$:t,strings:e,values:i}),q=D(1),W=(D(2),D(3),Symbol.for("lit-noChange")),B=Symbol.for("lit-nothing"),V=new WeakMap,G=M.createTreeWalker(M,129);function J(t,e){if(!U(t)||!t.hasOwnProperty("raw"))throw Error("invalid template strings array");return void 0!==S?S.createHTML(e):e}var Q=class t{constructor({strings:e,_$litType$:i},s){let r;this.parts=[];let n=0,a=0,o=e.length-1,l=this.parts,[h,d]=((t,e)=>{let i,s=t.length-1,r=[],n=2===e?"<svg>":3===e?"<math>":"",a=P;for(let e=0;e<s;e++){let s,o,l=t[e],h=-1,d=0;for(;d<l.length&&(a.lastIndex=d,o=a.exec(l),null!==o);)d=a.lastIndex,a===P?"!--"===o[1]?a=N:void 0!==o[1]?a=R:void 0!==o[2]?(H.test(o[2])&&(i=RegExp("</"+o[2],"g")),a=L):void 0!==o[3]&&(a=L):a===L?">"===o[0]?(a=i??P,h=-1):void 0===o[1]?h=-2:(h=a.lastIndex-o[2].length,s=o[1],a=void 0===o[3]?L:'"'===o[3]?F:I):a===F||a===I?a=L:a===N||a===R?a=P:(a=L,i=void 0);let c=a===L&&t[e+1].startsWith("/>")?" ":"";n+=a===P?l+z:h>=0?(r.push(s),l.slice(0,h)+A+l.slice(h)+E+c):l+E+(-2===h?e:c)}return[J(t,n+(t[s]||"<?>")+(2===e?"</svg>":3===e?"</math>":"")),r]})(e,i);if(this.el=t.createElement(h,s),G.currentNode=this.el.content,2===i||3===i){let t=this.el.content.firstChild;t.replaceWith(...t.childNodes)}for(;null!==(r=G.nextNode())&&l.length<o;){if(1===r.nodeType){if(r.hasAttributes())for(let t of r.getAttributeNames())if(t.endsWith(A)){let e=d[a++],i=r.getAttribute(t).split(E),s=/([.?@])?(.*)/.exec(e);l.push({type:1,index:n,name:s[2],strings:i,ctor:"."===s[1]?tt:"?"===s[1]?et:"@"===s[1]?it:Y}),r.removeAttribute(t)}else t.startsWith(E)&&(l.push({type:6,index:n}),r.removeAttribute(t));if(H.test(r.tagName)){let t=r.textContent.split(E),e=t.length-1;if(e>0){r.textContent=k?k.emptyScript:"";for(let i=0;i<e;i++)r.append(t[i],O()),G.nextNode(),l.push({type:2,index:++n});r.append(t[e],O())}}}else if(8===r.nodeType)if(r.data===C)l.push({type:2,index:n});else{let t=-1;for(;-1!==(t=r.data.indexOf(E,t+1));)l.push({type:7,index:n}),t+=E.length-1}n++}}static createElement(t,e){let i=M.createElement("template");return i.innerHTML=t,i}};function Z(t,e,i=t,s){if(e===W)return e;let r=void 0!==s?i._$Co?.[s]:i._$Cl,n=j(e)?void 0:e._$litDirective$;return r?.constructor!==n&&(r?._$AO?.(!1),void 0===n?r=void 0:(r=new n(t),r._$AT(t,i,s)),void 0!==s?(i._$Co??=[])[s]=r:i._$Cl=r),void 0!==r&&(e=Z(t,r._$AS(t,e.values),r,s)),e}var K=class{constructor(t,e){this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=e}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t){let{el:{content:e},parts:i}=this._$AD,s=(t?.creationScope??M).importNode(e,!0);G.currentNode=s;let r=G.nextNode(),n=0,a=0,o=i[0];for(;void 0!==o;){if(n===o.index){let e;2===o.type?e=new X(r,r.nextSibling,this,t):1===o.type?e=new o.ctor(r,o.name,o.strings,this,t):6===o.type&&(e=new st(r,this,t)),this._$AV.push(e),o=i[++a]}n!==o?.index&&(r=G.nextNode(),n++)}return G.currentNode=M,s}p(t){let e=0;for(let i of this._$AV)void 0!==i&&(void 0!==i.strings?(i._$AI(t,i,e),e+=i.strings.length-2):i._$AI(t[e])),e++}},X=class t{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(t,e,i,s){this.type=2,this._$AH=B,this._$AN=void 0,this._$AA=t,this._$AB=e,this._$AM=i,this.options=s,this._$Cv=s?.isConnected??!0}get parentNode(){let t=this._$AA.parentNode,e=this._$AM;return void 0!==e&&11===t?.nodeType&&(t=e.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(t,e=this){t=Z(this,t,e),j(t)?t===B||null==t||""===t?(this._$AH!==B&&this._$AR(),this._$AH=B):t!==this._$AH&&t!==W&&this._(t):void 0!==t._$litType$?this.$(t):void 0!==t.nodeType?this.T(t):(t=>U(t)||"function"==typeof t?.[Symbol.iterator])(t)?this.k(t):this._(t)}O(t){return this._$AA.parentNode.insertBefore(t,this._$AB)}T(t){this._$AH!==t&&(this._$AR(),this._$AH=this.O(t))}_(t){this._$AH!==B&&j(this._$AH)?this._$AA.nextSibling.data=t:this.T(M.createTextNode(t)),this._$AH=t}$(t){let{values:e,_$litType$:i}=t,s="number"==typeof i?this._$AC(t):(void 0===i.el&&(i.el=Q.createElement(J(i.h,i.h[0]),this.options)),i);if(this._$AH?._$AD===s)this._$AH.p(e);else{let t=new K(s,this),i=t.u(this.options);t.p(e),this.T(i),this._$AH=t}}_$AC(t){let e=V.get(t.strings);return void 0===e&&V.set(t.strings,e=new Q(t)),e}k(e){U(this._$AH)||(this._$AH=[],this._$AR());let i,s=this._$AH,r=0;for(let n of e)r===s.length?s.push(i=new t(this.O(O()),this.O(O()),this,this.options)):i=s[r],i._$AI(n),r++;r<s.length&&(this._$AR(i&&i._$AB.nextSibling,r),s.length=r)}_$AR(t=this._$AA.nextSibling,e){for(this._$AP?.(!1,!0,e);t!==this._$AB;){let e=_(t).nextSibling;_(t).remove(),t=e}}setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}},Y=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(t,e,i,s,r){this.type=1,this._$AH=B,this._$AN=void 0,this.element=t,this.name=e,this._$AM=s,this.options=r,i.length>2||""!==i[0]||""!==i[1]?(this._$AH=Array(i.length-1).fill(new String),this.strings=i):this._$AH=B}_$AI(t,e=this,i,s){let r=this.strings,n=!1;if(void 0===r)t=Z(this,t,e,0),n=!j(t)||t!==this._$AH&&t!==W,n&&(this._$AH=t);else{let s,a,o=t;for(t=r[0],s=0;s<r.length-1;s++)a=Z(this,o[i+s],e,s),a===W&&(a=this._$AH[s]),n||=!j(a)||a!==this._$AH[s],a===B?t=B:t!==B&&(t+=(a??"")+r[s+1]),this._$AH[s]=a}n&&!s&&this.j(t)}j(t){t===B?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,t??"")}},tt=class extends Y{constructor(){super(...arguments),this.type=3}j(t){this.element[this.name]=t===B?void 0:t}},et=class extends Y{constructor(){super(...arguments),this.type=4}j(t){this.element.toggleAttribute(this.name,!!t&&t!==B)}},it=class extends Y{constructor(t,e,i,s,r){super(t,e,i,s,r),this.type=5}_$AI(t,e=this){if((t=Z(this,t,e,0)??B)===W)return;let i=this._$AH,s=t===B&&i!==B||t.capture!==i.capture||t.once!==i.once||t.passive!==i.passive,r=t!==B&&(i===B||s);s&&this.element.removeEventListener(this.name,this,i),r&&this.element.addEventListener(this.name,this,t),this._$AH=t}handleEvent(t){"function"==typeof this._$AH?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)}},st=class{constructor(t,e,i){this.element=t,this.type=6,this._$AN=void 0,this._$AM=e,this.options=i}get _$AU(){return this._$AM._$AU}_$AI(t){Z(this,t)}},rt=x.litHtmlPolyfillSupport;rt?.(Q,X),(x.litHtmlVersions??=[]).push("3.3.3");var nt=globalThis,at=class extends y{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let t=super.createRenderRoot();return this.renderOptions.renderBefore??=t.firstChild,t}update(t){let e=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(t),this._$Do=((t,e,i)=>{let s=i?.renderBefore??e,r=s._$litPart$;if(void 0===r){let t=i?.renderBefore??null;s._$litPart$=r=new X(e.insertBefore(O(),t),t,void 0,i??{})}return r._$AI(t),r})(e,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return W}};at._$litElement$=!0,at.finalized=!0,nt.litElementHydrateSupport?.({LitElement:at});var ot=nt.litElementPolyfillSupport;ot?.({LitElement:at}),(nt.litElementVersions??=[]).push("4.2.2");var lt=t=>[...t.querySelectorAll("button:not([disabled]), select, a[href], input, [tabindex='0']")];var ht="flashforge";function dt(t,e){t.dispatchEvent(new CustomEvent("hass-more-info",{bubbles:!0,composed:!0,detail:{entityId:e}}))}function ct(t,e){t.dispatchEvent(new CustomEvent("hass-notification",{bubbles:!0,composed:!0,detail:{message:e}}))}function pt(t){history.pushState(null,"",t),window.dispatchEvent(new CustomEvent("location-changed",{detail:{replace:!1}}))}function ut(t,e){return t.hassUrl?t.hassUrl(e):e}var ft,mt=new Map,gt=new Set(["slot","slot_filament","slot_load","slot_unload","slot_material","slot_color","nozzle_n_temperature","nozzle_n_target"]),bt=/_(\d+)(?:_[a-z_]+)?$/,vt=new Map;function wt(t,e){return(ft?.entities!==t.entities||ft.devices!==t.devices)&&(ft={entities:t.entities,devices:t.devices,all:$t(t)}),e&&ft.all.get(e)||mt}function $t(t){let e=new Map,i=new Map;for(let s of Object.values(t.entities)){if(s.platform!==ht||!s.translation_key||!s.device_id)continue;let r=xt(t,s.device_id),n=e.get(r)??new Map;e.set(r,n);let a=yt(s);if(!gt.has(s.translation_key)){n.set(a,s.entity_id);continue}let o=(i.get(r+a)??0)+1;i.set(r+a,o),n.set(`${a}.${vt.get(s.entity_id)??o}`,s.entity_id)}return e}function yt(t){return`${t.entity_id.split(".",1)[0]}.${t.translation_key}`}function xt(t,e){let{via_device_id:i,parent_device_id:s}=t.devices[e]??{},r=s??i;return r&&_t(t.devices[r])?r:e}function _t(t){return!!t?.identifiers?.some(([t])=>t===ht)}async function kt(t){let e=Object.values(t.entities).filter(({entity_id:t,platform:e,translation_key:i})=>e===ht&&gt.has(i??"")&&!vt.has(t)).map(({entity_id:t})=>t);if(!e.length)return!1;for(let t of e)vt.set(t,null);try{let i=await t.callWS({type:"config/entity_registry/get_entries",entity_ids:e});for(let t of e){let e=bt.exec(i[t]?.unique_id??"")?.[1];e&&vt.set(t,Number(e))}}catch{for(let t of e)vt.delete(t);return!1}return ft=void 0,!0}function St(t,e){return[...t.keys()].filter(t=>t.startsWith(`${e}.`)).map(t=>Number(t.slice(e.length+1))).sort((t,e)=>t-e)}function At(t){return Object.values(t.devices).filter(e=>_t(e)&&wt(t,e.id).has("sensor.status")).sort((e,i)=>Et(e).localeCompare(Et(i),t.language))}function Et(t){return t?.name_by_user||t?.name||""}function Ct(t,e){let i=t.entities[e];if(i?.platform===ht&&i.device_id)return xt(t,i.device_id)}var zt=new Map,Mt=new Map;function Ot(t){let e=zt.get(t.language);return(t,i)=>e?.(`component.${ht}.common.card_${t}`,i)??""}async function jt(t){let{language:e}=t;if(zt.has(e))return!0;let i=Mt.get(e);i||(i=t.loadBackendTranslation("common",ht),Mt.set(e,i));try{return zt.set(e,await i),!0}catch{return Mt.delete(e),!1}}async function Ut(t,e){let{message:i=String(e),translation_domain:s,translation_key:r,translation_placeholders:n}=e??{};if(!s||!r)return i;try{return(await t.loadBackendTranslation("exceptions",s))(`component.${s}.exceptions.${r}.message`,n)||i}catch{return i}}var Tt=new Set(["unknown","unavailable",""]),Pt=new Set(["heating","printing","pausing","paused","canceling","calibrating"]),Nt=new Set(["heating","printing","pausing","paused","canceling"]),Rt={printing:"blue",heating:"blue",calibrating:"blue",busy:"blue",pausing:"amber",paused:"amber",canceling:"amber",completed:"green",canceled:"amber",error:"red"},Lt={s:1/60,min:1,h:60,d:1440},It=class{constructor(t,e){this.hass=t,this.id=e,this.found=wt(t,e)}get exists(){return this.found.size>0}get name(){return Et(this.id?this.hass.devices[this.id]:void 0)}entity(t){return this.found.get(t)}state(t){let e=this.found.get(t);return e?this.hass.states[e]:void 0}value(t){let e=this.state(t)?.state;return void 0===e||Tt.has(e)?void 0:e}number(t){let e=this.value(t),i=void 0===e?NaN:Number(e);return Number.isFinite(i)?i:void 0}attribute(t,e){return this.state(t)?.attributes[e]}words(t){let e=this.state(t);return e&&void 0!==this.value(t)?this.hass.formatEntityState(e):void 0}attributeWords(t,e){let i=this.state(t),s=i?.attributes[e];return i&&null!=s?this.hass.formatEntityAttributeValue(i,e):void 0}get status(){return this.value("sensor.status")??"unknown"}get hasError(){let t=this.value("sensor.error");return"error"===this.status||void 0!==t&&"none"!==t}get color(){return this.hasError&&!this.offline?"red":Rt[this.status]??"gray"}get offline(){return"offline"===this.status||"unknown"===this.status}get minutesLeft(){let t=this.number("sensor.remaining_time"),e=String(this.attribute("sensor.remaining_time","unit_of_measurement")??"min");return void 0===t?void 0:t*(Lt[e]??1)}get pending(){return this.attributeWords("sensor.status","pending_command")}get plateOccupied(){return"on"===this.value("binary_sensor.plate_occupied")}};function Ft(t,e){let i=Math.round(e),[s,r]=[Math.floor(i/60),i%60];return s?t("hours",{hours:String(s),minutes:String(r)}):t("minutes",{minutes:String(r)})}function Ht(t,e,i=new Date){let s=new Date(e??"");if(Number.isNaN(s.getTime()))return;let r=e=>function(t,e){let{language:i=t.language,time_format:s,time_zone:r}=t.locale??{},n="server"===r?t.config?.time_zone:void 0;return new Intl.DateTimeFormat(i,{...e,...e.hour&&"12"===s?{hour12:!0}:{},...e.hour&&"24"===s?{hourCycle:"h23"}:{},...n?{timeZone:n}:{}})}(t,e),n=r({year:"numeric",month:"numeric",day:"numeric"}),a=n.format(s)===n.format(i),o=Math.abs(s.getTime()-i.getTime())/864e5;return r({hour:"numeric",minute:"2-digit",...a?{}:o<6?{weekday:"short"}:{month:"short",day:"numeric",...o<300?{}:{year:"numeric"}}}).format(s)}var Dt,qt=new URL(import.meta.url).searchParams.get("v"),Wt=-1/0;function Bt(t,e){return[...t].filter(([t])=>e.some(e=>t===e||t.startsWith(`${e}.`))).map(([,t])=>t)}var Vt=class extends at{constructor(){super(),this.language="",this.reconnected=t=>{"connected"===t.detail&&(Dt=void 0,this.entities=void 0,this.requestUpdate("known"))},this.learned=t=>{t&&(this.known+=1)},this.more=t=>()=>{let e=this.printer.entity(t);e&&dt(this,e)},this.outdated=!1,this.known=0}static{this.properties={hass:{attribute:!1},printerId:{state:!0},refusal:{state:!0},running:{state:!0},outdated:{state:!0},known:{state:!0}}}setConfig(t){this.printerId=t.printer}get printer(){return new It(this.hass,this.printerId)}get words(){return Ot(this.hass)}connectedCallback(){super.connectedCallback(),window.addEventListener("connection-status",this.reconnected)}disconnectedCallback(){window.removeEventListener("connection-status",this.reconnected),super.disconnectedCallback()}shouldUpdate(t){if(!this.hass)return!1;if(t.size>1||!t.has("hass"))return!0;let e=t.get("hass");return!e||this.differs(e,this.hass)}differs(t,e){return t.entities!==e.entities||t.devices!==e.devices||t.language!==e.language||t.locale!==e.locale||this.watches().some(i=>t.states[i]!==e.states[i])}watches(){let{found:t}=this.printer;return this.watching?.found!==t&&(this.watching={found:t,ids:Bt(t,this.watched)}),this.watching.ids}update(t){let e=function(t){if(!(t instanceof ShadowRoot&&t.activeElement))return()=>{};let e=t.activeElement,i=lt(t).indexOf(e),{key:s}=e.dataset;for(;e.shadowRoot?.activeElement;)e=e.shadowRoot.activeElement;return()=>{let r=s&&lt(t).find(({dataset:t})=>t.key===s);if(r)return r.focus({preventScroll:!0});if(!t.activeElement){if(!e.isConnected){let s=lt(t);e=s[Math.min(Math.max(i,0),s.length-1)]??e}e.focus({preventScroll:!0})}}}(this.renderRoot);super.update(t),e()}willUpdate(t){let e=this.hass;e.language!==this.language&&(this.language=e.language,jt(e).then(this.learned)),e.entities!==this.entities&&(this.entities=e.entities,kt(e).then(this.learned),function(t,e=Date.now(),i=qt){return(!Dt||e-Wt>9e5)&&(Wt=e,Dt=(async(t,e)=>{if(!e)return!1;try{let{version:i}=await t.callWS({type:"flashforge/cards"});return i!==e}catch{return!1}})(t,i)),Dt}(e).then(t=>{this.outdated=t}))}press(t,e){return this.carryOut(t,["button","press"],e)}async carryOut(t,e,i){let s=this.printer.entity(t);return s&&this.hass.states[s]?this.call(t,e,{entity_id:s},i):(this.refusal=this.words("gone"),!1)}act(t,e,i){return this.call(t,e,{device_id:this.printerId},i)}async call(t,[e,i,s={}],r,n){if(this.running||(this.refusal=void 0,n&&!await async function(t,e){let i,{title:s,text:r,yes:n,no:a,ends:o=!1}=e;try{i=(await(window.loadCardHelpers?.()))?.showConfirmationDialog}catch{}return i?i(t,{title:s,text:r,confirmText:n,dismissText:a,destructive:o}):window.confirm([s,r].filter(Boolean).join("\n"))}(this,n)))return!1;this.running=t;try{return await this.hass.callService(e,i,s,r,!1),!0}catch(t){return this.refusal=await Ut(this.hass,t),!1}finally{this.running=void 0}}question(t,e,i={}){return{title:t,yes:e,no:this.words("no"),...i}}cancelQuestion(){let t=this.printer.value("sensor.file")??this.words("no_name"),e=this.words("ask_cancel_text",{file:t});return this.question(this.words("ask_cancel"),this.words("cancel_print"),{text:e,ends:!0})}bar(t,e,i=!1){return q`<div
class="bar ${i?"waiting":""}"
role="progressbar"
aria-label=${e}
aria-valuemin="0"
aria-valuemax="100"
aria-valuenow=${(i?void 0:t)??B}
>
<div style=${i?"":`width:${t??0}%`}></div>
</div>`}notices(){let{refusal:t,outdated:e}=this;return t||e?q`
${e?q`<div class="notice" role="status">
<ha-icon icon="mdi:refresh"></ha-icon>
<span>${this.words("outdated")}</span>
<button class="text" @click=${()=>location.reload()}>${this.words("reload")}</button>
</div>`:B}
${t?q`<div class="notice refusal" role="alert">
<ha-icon icon="mdi:alert-circle-outline"></ha-icon>
<span>${t}</span>
<button
class="icon"
aria-label=${this.words("dismiss")}
@click=${()=>{this.refusal=void 0}}
>
<ha-icon icon="mdi:close"></ha-icon>
</button>
</div>`:B}
`:B}nobody(){return q`<ha-card><div class="empty">${this.words(this.printerId?"removed":"choose")}</div></ha-card>`}};function Gt(t){return{printer:At(t)[0]?.id}}function Jt(t=!0){return{schema:[{name:"printer",required:t,selector:{device:{integration:"flashforge"}}}],computeLabel:()=>{let t=document.querySelector("home-assistant");return t?.hass&&Ot(t.hass)("printer")||void 0}}}var Qt=n`:host{--ff-blue: var(--primary-color, #03a9f4);--ff-amber: var(--warning-color, #ffa600);--ff-red: var(--error-color, #db4437);--ff-green: var(--success-color, #43a047);--ff-gray: var(--disabled-text-color, #8a8a8a);--ff-now: var(--ff-gray);--ff-line: color-mix(in srgb, var(--primary-text-color) 12%, transparent);--ff-radius: var(--ha-border-radius-lg, 12px);display:block;color:var(--primary-text-color)}.blue{--ff-now: var(--ff-blue)}.amber{--ff-now: var(--ff-amber)}.red{--ff-now: var(--ff-red)}.green{--ff-now: var(--ff-green)}ha-card{height:100%;box-sizing:border-box;overflow:hidden}span,strong,p,.empty,.percent{unicode-bidi:plaintext}small{unicode-bidi:isolate}button{font:inherit;color:inherit;background:none;border:0;margin:0;padding:0;cursor:pointer;border-radius:var(--ff-radius);text-align:start;min-height:24px;-webkit-tap-highlight-color:transparent}button:focus-visible,select:focus-visible{outline:2px solid var(--primary-color);outline-offset:1px}button[disabled],[aria-disabled=true]{cursor:default;opacity:.5}button.icon{width:40px;height:40px;flex:none;display:grid;place-items:center;border-radius:50%;color:var(--secondary-text-color)}button.icon.on{color:var(--state-light-active-color, var(--ff-amber))}@media(hover:hover){button:not([disabled],[aria-disabled=true]):hover{background:color-mix(in srgb,var(--primary-text-color) 7%,transparent)}}.buttons{display:flex;flex-wrap:wrap;gap:8px}button.big{flex:1 1 96px;min-height:42px;display:flex;align-items:center;justify-content:center;gap:8px;padding:0 12px;background:color-mix(in srgb,var(--ff-now) 18%,transparent);font-weight:500;text-align:center}button.big ha-icon{color:var(--ff-now);flex:none}@media(hover:hover){button.big:not([disabled],[aria-disabled=true]):hover{background:color-mix(in srgb,var(--ff-now) 28%,transparent)}}.chip{display:inline-flex;align-items:center;gap:6px;padding:3px 10px;padding-inline-start:8px;border-radius:999px;background:color-mix(in srgb,var(--ff-now) 18%,transparent);font-size:.86em;font-weight:500;white-space:nowrap}.chip:before{content:"";width:8px;height:8px;border-radius:50%;background:var(--ff-now)}.bar{height:8px;border-radius:4px;background:color-mix(in srgb,var(--ff-now) 20%,transparent);overflow:hidden}.bar>div{height:100%;border-radius:4px;background:var(--ff-now);transition:width .6s ease}.bar.waiting>div{width:100%;background:repeating-linear-gradient(-45deg,var(--ff-now) 0 10px,color-mix(in srgb,var(--ff-now) 45%,transparent) 10px 20px);background-size:28.28px 100%;animation:stripes 1.2s linear infinite}@keyframes stripes{to{background-position:28.28px 0}}.swatch{display:inline-block;width:14px;height:14px;flex:none;border-radius:50%;background:var(--swatch, transparent);box-shadow:0 0 0 1px var(--card-background-color, #fff),0 0 0 2px color-mix(in srgb,var(--primary-text-color) 40%,transparent)}.notice{display:flex;align-items:center;gap:10px;padding:4px 6px;padding-inline-start:12px;min-height:40px;border-radius:var(--ff-radius);background:color-mix(in srgb,var(--ff-amber) 18%,transparent);line-height:1.35}.notice>span{flex:1;padding:6px 0}.notice>ha-icon{flex:none;color:var(--ff-amber)}.notice.refusal{background:color-mix(in srgb,var(--ff-red) 15%,transparent)}.notice.refusal>ha-icon{color:var(--ff-red)}button.text{min-height:40px;padding:0 12px;font-weight:500;text-decoration:underline;text-underline-offset:3px}select{font:inherit;color:inherit;min-height:42px;padding:0 8px;border:1px solid var(--ff-line);border-radius:8px;background:var(--card-background-color, #fff)}.empty{padding:20px 16px;color:var(--secondary-text-color);display:grid;justify-items:center}.muted{color:var(--secondary-text-color)}@media(prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}@media(forced-colors:active){.swatch,.bar>div,.chip:before{forced-color-adjust:none}}`,Zt=class extends Vt{constructor(){super(...arguments),this.watched=["sensor.status","sensor.progress","sensor.remaining_time"]}static{this.getConfigForm=Jt}static{this.getStubConfig=Gt}render(){let{printer:t}=this,e=t.number("sensor.progress"),i=t.minutesLeft,s=Nt.has(t.status),r=[t.words("sensor.status")??this.words(t.exists?"unknown":"removed"),s&&void 0!==e?`${Math.round(e)} %`:"",s&&void 0!==i?Ft(this.words,i):""].filter(Boolean);return q`<button class="badge ${t.color}" @click=${this.more("sensor.status")}>
<ha-icon icon="mdi:printer-3d"></ha-icon>
<span><small class="muted">${t.name}</small>${r.join(" · ")}</span>
</button>`}static{this.styles=[Qt,n`.badge{display:flex;align-items:center;gap:8px;min-height:40px;padding:0 14px;padding-inline-start:10px;border-radius:20px;background:var(--ha-card-background, var(--card-background-color, #fff));border:1px solid var(--ha-card-border-color, var(--divider-color, #e0e0e0));box-sizing:border-box;font-size:.9em;line-height:1.2;white-space:nowrap}ha-icon{color:var(--ff-now);--mdc-icon-size: 20px}small{display:block}`]}},Kt=class extends Vt{constructor(){super(),this.watched=["sensor.status","sensor.progress","sensor.remaining_time","camera.camera","switch.camera_power"],this.reveal=()=>{clearTimeout(this.timer),this.bare=!1,this.timer=setTimeout(()=>{this.bare=!0},5e3)},this.bare=!1}static{this.properties={...Vt.properties,bare:{state:!0}}}static{this.getConfigForm=Jt}static{this.getStubConfig=Gt}getCardSize(){return 5}getGridOptions(){return{columns:12,rows:"auto",min_columns:6}}connectedCallback(){super.connectedCallback(),this.reveal()}disconnectedCallback(){clearTimeout(this.timer),super.disconnectedCallback()}render(){let{printer:t}=this;return t.exists?q`<ha-card class=${t.color}>
<div
class="frame ${this.bare?"bare":""}"
@pointermove=${this.reveal}
@pointerdown=${this.reveal}
@focusin=${this.reveal}
>
${this.view(t)}
</div>
${this.notices()}
</ha-card>`:this.nobody()}view(t){let e=t.state("camera.camera");if("off"===t.value("switch.camera_power"))return q`<div class="nothing">
<ha-icon icon="mdi:video-off-outline"></ha-icon>
<span>${this.words("camera_off")}</span>
<button
class="text"
@click=${()=>this.carryOut("switch.camera_power",["switch","turn_on"])}
>${this.words("turn_on")}</button>
</div>`;if(!e||"unavailable"===e.state){let e=t.offline?t.words("sensor.status"):this.words("no_camera");return q`<div class="nothing">
<ha-icon icon="mdi:video-off-outline"></ha-icon><span>${e}</span>
</div>`}let i="in_use"===e.attributes.stream;return q`<flashforge-live
.hass=${this.hass}
.entity=${e.entity_id}
.label=${this.words("camera_of",{printer:t.name})}
>
<div class="nothing">
<ha-icon icon="mdi:video-outline"></ha-icon>
<span>${t.attributeWords("camera.camera","stream")??this.words("camera")}</span>
${i?q`<small>${this.words("camera_taken")}</small>`:B}
</div>
</flashforge-live>
${this.over(t,String(e.attributes.entity_picture??""))}`}over(t,e){let i=t.number("sensor.progress"),s=t.minutesLeft,r=Nt.has(t.status);return q`<div class="over">
<span class="chip">${t.words("sensor.status")}</span>
${r&&void 0!==i?q`<strong>${Math.round(i)} %</strong>`:B}
${r&&void 0!==s?q`<span>${Ft(this.words,s)}</span>`:B}
<span class="tools">
${e?q`<a
href=${ut(this.hass,e)}
download="${t.name}.jpg"
aria-label=${this.words("snapshot")}
><ha-icon icon="mdi:camera-outline"></ha-icon
></a>`:B}
<button
class="icon"
aria-label=${this.words("full_screen")}
@click=${()=>{this.renderRoot.querySelector(".frame")?.requestFullscreen?.()}}
>
<ha-icon icon="mdi:fullscreen"></ha-icon>
</button>
</span>
</div>`}static{this.styles=[Qt,n`.frame{position:relative;aspect-ratio:16 / 9;background:#111;color:#fff}.nothing{position:absolute;inset:0;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:8px;padding:16px;text-align:center}.over{position:absolute;inset-inline:0;inset-block-end:0;display:flex;align-items:center;gap:10px;padding-block:24px 4px;padding-inline:12px 6px;background:linear-gradient(transparent,#000000bf 60%);transition:opacity .4s}.chip{background:#0009}.bare .over{opacity:0}.over:focus-within{opacity:1}.tools{margin-inline-start:auto;display:flex}.tools>*,button.icon{width:40px;height:40px;display:grid;place-items:center;color:#fff}.text:focus-visible,a:focus-visible{outline:2px solid #fff;border-radius:50%}.notice{margin:8px}`]}},Xt=class extends Vt{constructor(){super(...arguments),this.watched=["sensor.status","sensor.progress","sensor.remaining_time","sensor.finish_time","sensor.file","sensor.error","sensor.offline_reason","binary_sensor.plate_occupied"]}setConfig(t){super.setConfig(t),this.path=t.path}static{this.getConfigForm=Jt}static{this.getStubConfig=Gt}getCardSize(){return 2}getGridOptions(){return{columns:6,rows:2,min_columns:6,min_rows:2}}open(){let t=this.printer.entity("sensor.status");this.path?pt(this.path):t&&dt(this,t)}render(){let{printer:t}=this;if(!t.exists)return this.nobody();let e=Nt.has(t.status),i=t.number("sensor.progress"),s=e&&void 0!==i?Math.round(i):void 0,r=e?t.minutesLeft:void 0,n=t.words("sensor.status")??this.words("unknown");return q`<ha-card class=${t.color}>
<button class="all" @click=${this.open}>
<span class="top">
<ha-icon icon="mdi:printer-3d"></ha-icon>
<span class="name">${t.name}</span>
${void 0===s?B:q`<strong>${s} %</strong>`}
</span>
<span class="line">
<span class="chip">${n}</span>
${void 0===r?B:q`<span class="muted">${Ft(this.words,r)}</span>`}
</span>
<span class="line muted">${this.detail()}</span>
${void 0===s?B:q`<span class="bar" role="progressbar" aria-label=${this.words("progress")}
aria-valuemin="0" aria-valuemax="100" aria-valuenow=${s}
><div style="width:${s}%"></div
></span>`}
</button>
</ha-card>`}detail(){let{printer:t}=this;if(t.offline){let e=t.value("sensor.offline_reason"),i=Ht(this.hass,t.state("sensor.status")?.last_changed);return e&&"none"!==e?t.words("sensor.offline_reason")??"":i?this.words("off_since",{time:i}):""}return t.hasError?t.words("sensor.error")??this.words("error"):t.plateOccupied&&!Nt.has(t.status)?this.words("plate"):t.value("sensor.file")??""}static{this.styles=[Qt,n`:host{height:100%}.all{width:100%;height:100%;min-height:112px;box-sizing:border-box;padding:10px 14px;display:flex;flex-direction:column;justify-content:space-between;gap:4px}.all:focus-visible{outline-offset:-3px}.top,.line{display:flex;align-items:center;gap:8px;min-width:0;width:100%}.line{justify-content:space-between;font-size:.93em}strong{margin-inline-start:auto}.line.muted{display:block;width:fit-content;max-width:100%;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;min-height:1.3em}.top ha-icon{color:var(--ff-now);flex:none}.name{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-weight:500}span.bar{display:block;width:100%;flex:none;height:6px}`]}},Yt=/^#[0-9a-f]{6}$/i;function te(t){let e=St(t.found,"sensor.slot").map(e=>ee(t,e)),i=ee(t,0);return i.material||!e.length&&t.state("sensor.direct_feed")?[...e,i]:e}function ee(t,e){let i=e?`sensor.slot.${e}`:"sensor.direct_feed",s=String(t.attribute(i,"color")??""),r=t.number("sensor.active_slot");return{number:e,key:i,color:Yt.test(s)?s:void 0,colorName:t.attributeWords(i,"color_name"),material:ie(t.attribute(i,"material")),empty:!1===t.attribute(i,"loaded"),active:r===e&&(e>0||void 0!==r)}}function ie(t){return"string"==typeof t&&t?t:void 0}function se(t,{material:e,colorName:i,empty:s}){return s?t("empty"):e?i&&!e.includes(i)?`${e} ${i}`:e:t("no_label")}function re({color:t,empty:e}){return q`<span
aria-hidden="true"
class="swatch ${e?"hollow":""}"
style=${t&&!e?`--swatch:${t}`:""}
>${t||e?B:"?"}</span>`}function ne(t){return`printer-${t.slice(-12)}`}var ae=["printing","waiting","busy","ready","off"],oe=new Set(["heating","printing"]),le=class extends Vt{constructor(){super(...arguments),this.watched=["sensor.status","sensor.remaining_time","sensor.finish_time","sensor.error","sensor.slot","sensor.direct_feed","binary_sensor.plate_occupied"],this.views=!1,this.cards=new Map}setConfig(t){this.views=!0===t.views}static getStubConfig(){return{}}getCardSize(){return 6}getGridOptions(){return{columns:"full",rows:"auto"}}watches(){let{entities:t,devices:e}=this.hass;if(this.seen?.entities!==t||this.seen.devices!==e){let i=At(this.hass).flatMap(({id:t})=>Bt(new It(this.hass,t).found,this.watched));this.seen={entities:t,devices:e,ids:i}}return this.seen.ids}shouldUpdate(t){let e=super.shouldUpdate(t);if(!e&&this.hass)for(let t of this.renderRoot.querySelectorAll("flashforge-compact-card"))t.hass=this.hass;return e}render(){let t=this.hass,e=At(t).map(({id:e})=>new It(t,e));if(!e.length)return q`<ha-card><div class="empty">${this.words("no_printers")}</div></ha-card>`;let i=location.pathname.split("/")[1]??"";return q`
${this.notices()} ${this.summary(e)}
<div class="grid">
${[...e].sort(ue).map(({id:e})=>Object.assign(this.cardOf(e),{printerId:e,path:this.views?`/${i}/${ne(e)}`:`/config/devices/device/${e}`,hass:t}))}
</div>
${this.next(e)} ${this.loaded(e)}
`}cardOf(t){let e=this.cards.get(t);return e||this.cards.set(t,e=document.createElement("flashforge-compact-card")),e}summary(t){let e=new Map;for(let i of t){let t=pe(i);e.set(t,(e.get(t)??0)+1)}let i=ae.flatMap(t=>{let i=e.get(t);return i?[q`<span class=${t}>${this.words(`farm_${"waiting"===t&&1===i?"waiting_one":t}`,{count:String(i)})}</span>`]:[]});return q`<p class="summary">${he(i)}</p>`}next(t){let e=t.flatMap(t=>{let e=oe.has(t.status)?t.value("sensor.finish_time"):void 0,i=Ht(this.hass,e);return e&&i?[{name:t.name,time:i,at:Date.parse(e)}]:[]});if(!e.length)return B;let i=e.sort((t,e)=>t.at-e.at).slice(0,5).map(({name:t,time:e})=>q`<span>${t} <strong>${e}</strong></span>`);return q`<p class="next"><span class="muted">${this.words("farm_next")}</span> ${he(i)}</p>`}loaded(t){let e=new Map;for(let i of t)for(let t of i.offline?[]:te(i)){if(t.empty||!t.material)continue;let s=se(this.words,t),r=e.get(s)??{spool:t,where:new Set};e.set(s,r),r.where.add(i.name)}return e.size?q`<ha-card>
<div class="loaded">
<span class="muted">${this.words("loaded")}</span>
<ul>
${[...e].sort(([t],[e])=>t.localeCompare(e)).map(([t,{spool:e,where:i}])=>q`<li>
${re(e)} <span>${t}</span>
<small class="muted">${[...i].join(", ")}</small>
</li>`)}
</ul>
</div>
</ha-card>`:B}static{this.styles=[Qt,n`:host{display:flex;flex-direction:column;gap:16px}p{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 8px;margin:0}p strong{font-weight:500}.summary{font-size:1.5em}.waiting{padding:2px 10px;border-radius:999px;background:color-mix(in srgb,var(--ff-amber) 28%,transparent)}.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,240px),1fr));gap:12px}.loaded{padding:12px 16px}ul{margin:8px 0 0;padding:0;list-style:none;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,240px),1fr));gap:8px 16px}li{display:flex;align-items:center;gap:8px;min-width:0}`]}};function he(t){return t.map((t,e)=>e?[q` <span aria-hidden="true">·</span> `,t]:t)}var de=new Set(["completed","canceled"]);function ce(t){return t.offline?6:t.hasError?0:"paused"===t.status?1:Nt.has(t.status)?3:t.plateOccupied||de.has(t.status)?2:"idle"===t.status?5:4}function pe(t){let e=ce(t);return e<3?"waiting":{3:"printing",4:"busy",5:"ready"}[e]??"off"}function ue(t,e){let i=t=>t.minutesLeft??1/0;return ce(t)-ce(e)||(Nt.has(t.status)&&i(t)!==i(e)?i(t)-i(e):0)}var fe=!1;function me(t,e,i){if(t.dispatchEvent(new CustomEvent("show-dialog",{bubbles:!0,composed:!0,detail:{dialogTag:e,dialogImport:()=>(fe=!0,Promise.resolve()),dialogParams:i}})),fe)return;let s=document.createElement(e);s.hass=t.hass,s.addEventListener("dialog-closed",()=>{s.remove(),t.focus()}),document.body.append(s),s.showDialog(i)}function ge({color:t}){return re({color:t&&Yt.test(t)?t:void 0,empty:!1})}function be(t,{print_time:e,weight:i}){return[e?Ft(Ot(t),e/60):"",i?Ot(t)("grams",{grams:i.toFixed(1)}):""].filter(Boolean).join(" · ")}function ve(t,e){return q`<span class="thumb">
<ha-icon icon="mdi:cube-outline"></ha-icon>
${e?q`<img
alt=""
loading="lazy"
decoding="async"
src=${ut(t,e)}
@error=${t=>t.target.hidden=!0}
@load=${t=>t.target.hidden=!1}
/>`:B}
</span>`}function we(t,e,i){let s=e.tools??[];return q`<button class="tile" @click=${i}>
${ve(t,e.picture)}
<span class="title">${e.name}</span>
<small class="muted">${be(t,e)}</small>
${s.length?q`<span class="dots">${s.map(ge)}</span>`:B}
</button>`}function $e(t,e){return q`<div class="tiles" role="status" aria-label=${t}>
${Array.from({length:e},()=>q`<span class="tile ghost"><span class="thumb"></span></span>`)}
</div>`}var ye=n`.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(124px,1fr));gap:12px}.tile{display:flex;flex-direction:column;gap:4px;min-width:0;padding:8px;border:1px solid var(--ff-line);line-height:1.3}.thumb{position:relative;display:grid;place-items:center;flex:none;aspect-ratio:1;border-radius:8px;overflow:hidden;color:var(--secondary-text-color);background:color-mix(in srgb,var(--primary-text-color) 6%,transparent);--mdc-icon-size: 36px}.thumb img{position:absolute;width:100%;height:100%;object-fit:contain}.thumb img:not([hidden]){background:color-mix(in srgb,var(--primary-text-color) 6%,var(--card-background-color, #fff))}.title{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;overflow-wrap:anywhere;font-weight:500}.dots{display:flex;gap:6px;padding:2px}.ghost{border-color:transparent;animation:ghost 1.4s ease-in-out infinite alternate}@keyframes ghost{to{opacity:.4}}@media(prefers-reduced-motion:reduce){.ghost{animation:none}}`,xe=class extends Vt{constructor(){super(...arguments),this.visible=!1,this.watched=["sensor.status","sensor.upload_progress"]}static{this.properties={...Vt.properties,files:{state:!0},reason:{state:!0}}}static{this.getConfigForm=Jt}static{this.getStubConfig=Gt}getCardSize(){return 4}getGridOptions(){return{columns:12,rows:"auto",min_columns:6}}connectedCallback(){super.connectedCallback(),this.watcher=new IntersectionObserver(([t])=>{this.visible=!!t?.isIntersecting,this.look()}),this.watcher.observe(this)}disconnectedCallback(){this.watcher?.disconnect(),super.disconnectedCallback()}updated(t){this.look()}look(){let{printer:t}=this;if(!this.hass||!this.visible||!t.exists||t.offline)return;let e=void 0!==t.number("sensor.upload_progress"),i=`${this.printerId} ${e}`;this.asked!==i&&(this.asked=i,e||this.list())}async list(){try{this.files=await this.hass.callWS({type:`${ht}/files`,device_id:this.printerId}),this.reason=void 0}catch(t){this.reason=await Ut(this.hass,t)}}open(t){me(this,"flashforge-print-dialog",{printer:this.printerId,closed:()=>{this.list()},...t?{source:t}:{}})}render(){let{printer:t}=this;return t.exists?q`<ha-card class="blue">
<div class="card">
${this.notices()} ${this.content()}
${t.offline?B:q`<button class="big" @click=${()=>this.open()}>
<ha-icon icon="mdi:printer-3d-nozzle"></ha-icon>${this.words("open_files")}
</button>`}
</div>
</ha-card>`:this.nobody()}content(){let{files:t,reason:e}=this;return this.printer.offline?(this.asked=void 0,q`<p class="empty">${this.words("files_off")}</p>`):e?q`<p class="empty">${e}</p>`:t?t.length?q`<div class="tiles">
${t.slice(0,6).map(t=>we(this.hass,t,()=>this.open({name:t.name,picture:t.picture})))}
</div>`:q`<p class="empty">${this.words("no_files")}</p>`:$e(this.words("loading"),3)}static{this.styles=[Qt,ye,n`.card{display:grid;gap:12px;padding:12px}p{margin:0}.tiles{grid-template-columns:repeat(auto-fill,minmax(104px,1fr))}`]}},_e=t=>t?{printer:t}:{};var ke=/^#[0-9a-f]{6}$/i,Se={finished:["mdi:check-circle","green"],canceled:["mdi:minus-circle","amber"],failed:["mdi:alert-circle","red"],ended:["mdi:help-circle",""]},Ae=class extends Vt{constructor(){super(...arguments),this.asked=0,this.pictures=new Map,this.watched=[],this.again=()=>{this.stop&&this.ask(0,Math.min(100,Math.max(this.first,this.history?.prints.length??0)))}}static{this.properties={...Vt.properties,history:{state:!0},trouble:{state:!0},open:{state:!0},only:{state:!0}}}static{this.getConfigForm=()=>Jt(!1)}static{this.getStubConfig=Gt}getCardSize(){return 6}getGridOptions(){return{columns:12,rows:"auto",min_columns:6}}connectedCallback(){super.connectedCallback(),window.addEventListener("connection-status",this.again),this.requestUpdate("known")}disconnectedCallback(){window.removeEventListener("connection-status",this.again),this.leave(),super.disconnectedCallback()}leave(){this.stop?.then(t=>t()).catch(()=>{}),this.stop=void 0}get first(){return this.meant?5:20}willUpdate(t){super.willUpdate(t);let e=this.printerId??this.only;this.stop&&e===this.meant||(this.leave(),this.isConnected&&((e!==this.meant||t.has("printerId"))&&(this.history=void 0),this.meant=e,this.stop=async function(t,e,i){let s={type:"flashforge/history/changes",..._e(e)},r=await(t.connection?.subscribeMessage(i,s));return()=>{r?.().catch(()=>{})}}(this.hass,e,this.again),this.stop.catch(()=>{}),this.ask(0,this.first)))}async ask(t,e){let i=++this.asked;try{let{prints:s,...r}=await function(t,e,i,s){return t.callWS({type:"flashforge/history",start:i,limit:s,..._e(e)})}(this.hass,this.meant,t,e);if(i!==this.asked)return;let n=t?this.history?.prints.slice(0,t)??[]:[];this.history={prints:[...n,...s],...r},this.trouble=void 0}catch(t){let e=await Ut(this.hass,t);i===this.asked&&(this.trouble=e)}}render(){let{history:t,trouble:e}=this;return this.printerId&&!this.printer.exists?this.nobody():q`<ha-card>
<div class="card">
${this.open?B:this.notices()} ${this.filter()}
${e?q`<p class="muted" role="alert">${e}</p>`:B}
${t?.totals.some(({prints:t})=>t)?this.totals(t.totals):B}
${t&&!t.prints.length?q`<div class="empty">${this.words("no_prints")}</div>`:B}
${t?.prints.length?q`<ul>
${t.prints.map(t=>this.row(t))}
</ul>`:B}
${t&&t.prints.length<t.count?q`<button class="text" @click=${()=>this.ask(t.prints.length,20)}>
${this.words("more")}
</button>`:B}
</div>
</ha-card>`}filter(){let t=this.printerId?[]:At(this.hass);if(t.length<2)return B;return q`<select aria-label=${this.words("printer")} @change=${t=>{this.only=t.target.value||void 0}}>
<option value="">${this.words("all_printers")}</option>
${t.map(t=>q`<option value=${t.id} ?selected=${t.id===this.only}>${Et(t)}</option>`)}
</select>`}totals(t){let e=[["prints",({prints:t})=>this.number(t)],["time",t=>this.time(t.duration)],["used",({weight:t})=>this.weight(t)],["success",({judged:t,finished:e})=>t?this.number(e/t,{style:"percent"}):void 0]].filter(([,e])=>t.some(t=>void 0!==e(t)));return q`<table>
<thead>
<tr>
<td></td>
${e.map(([t])=>q`<th scope="col">${this.words(`total_${t}`)}</th>`)}
</tr>
</thead>
<tbody>
${t.map(t=>q`<tr>
<th scope="row"><bdi>${this.span(t)}</bdi></th>
${e.map(([,e])=>q`<td><bdi>${e(t)??"–"}</bdi></td>`)}
</tr>`)}
</tbody>
</table>`}span({days:t,since:e}){return Date.now()-Date.parse(e)>864e5*(t-.1)?this.words("last_days",{days:String(t)}):this.words("since",{time:Ht(this.hass,e)??""})}number(t,e={}){let{language:i}=this.hass.locale??this.hass;return new Intl.NumberFormat(i,e).format(t)}weight(t){if(!t)return;let[e,i]=t<1e3?[t,"gram"]:[t/1e3,"kilogram"];return this.number(e,{style:"unit",unit:i,maximumFractionDigits:t<100?1:t<1e3?0:2})}time(t){return t&&t>=30?Ft(this.words,t/60):void 0}row(t){let e=(({printer:t,id:e})=>`${t} ${e}`)(t),i=this.open===e,s=t.file??this.words("no_name"),r=[this.hass.localize(`component.${ht}.entity.sensor.last_print.state_attributes.result.state.${t.result}`),Ht(this.hass,t.time),this.time(t.duration),this.weight(t.weight),this.printerId||this.only?void 0:Et(this.hass.devices[t.printer])].filter(Boolean),[n,a]=Se[t.result]??Se.ended;return q`<li class=${a}>
<button
class="row"
data-key=${e}
aria-expanded=${i}
@click=${()=>{this.open=i?void 0:e,this.refusal=void 0}}
>
<span class="picture">${this.picture(t,"")}<ha-icon class="result" icon=${n}></ha-icon></span>
<span class="what">
<bdi>${s}</bdi>
<small class="muted">${r.map((t,e)=>q`${e?" · ":""}<bdi>${t}</bdi>`)}</small>
</span>
<span class="dots" aria-hidden="true">
${t.colors?.filter(t=>ke.test(t)).map(t=>q`<span class="swatch" style=${`--swatch: ${t}`}></span>`)}
</span>
</button>
${i?this.sheet(t,s):B}
</li>`}picture({picture:t},e){let i=q`<ha-icon icon="mdi:cube-outline"></ha-icon>`;if(!t)return i;let s=t.split("?")[0],r=this.pictures.get(s)??t;return this.pictures.set(s,r),q`${i}<img
alt=${e}
loading="lazy"
src=${ut(this.hass,r)}
@error=${t=>t.target.toggleAttribute("hidden",!0)}
@load=${t=>t.target.toggleAttribute("hidden",!1)}
/>`}sheet(t,e){let i=new It(this.hass,t.printer),s=i.entity("button.print_again");return q`<div class="sheet">
${t.picture?q`<span class="large">${this.picture(t,this.words("picture_of",{file:e}))}</span>`:B}
${this.notices()}
${s&&t.file?q`<div class="buttons">
<button class="big blue" data-key="again" aria-disabled=${void 0!==this.running} @click=${()=>{let r=this.words("ask_again_text",{file:e,printer:i.name}),n=this.question(this.words("ask_again"),this.words("again"),{text:r});return t.last?this.call("again",["button","press"],{entity_id:s},n):this.call("again",[ht,"print_file",{file_name:t.file}],{device_id:t.printer},n)}}>
<ha-icon icon=${this.running?"mdi:timer-sand":"mdi:printer-3d-nozzle"}></ha-icon>
<span>${this.words("again")}</span>
</button>
</div>`:B}
</div>`}static{this.styles=[Qt,n`.card{display:flex;flex-direction:column;gap:8px;padding:12px 8px}.notice,select{margin-inline:8px}table{margin-inline:8px;border-spacing:0;font-variant-numeric:tabular-nums;line-height:1.3}th{font-weight:400;color:var(--secondary-text-color);font-size:.86em}th,td{padding:4px 0;padding-inline-start:10px;text-align:end}tbody th,td:first-child{padding-inline-start:0;text-align:start}tbody td{font-weight:500}ul{margin:0;padding:0;list-style:none}table+ul{border-top:1px solid var(--ff-line);padding-top:8px}.row{width:100%;box-sizing:border-box;display:flex;align-items:center;gap:12px;min-height:56px;padding:6px 8px}.picture,.large{position:relative;flex:none;display:grid;place-items:center;border-radius:8px;background:color-mix(in srgb,var(--primary-text-color) 5%,transparent);color:var(--secondary-text-color)}.picture{width:44px;height:44px}.picture>*,.large>*{grid-area:1 / 1}img{position:absolute;inset:0;width:100%;height:100%;object-fit:cover;border-radius:8px}img[hidden]{display:none}ha-icon.result{position:absolute;inset-block-end:-6px;inset-inline-end:-6px;--mdc-icon-size: 20px;color:var(--ff-now);border-radius:50%;background:var(--ha-card-background, var(--card-background-color, #fff))}.what{flex:1;min-width:0;display:grid;gap:2px;line-height:1.3}.what>bdi{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-weight:500;justify-self:start;max-width:100%}.row[aria-expanded=true] .what>bdi{white-space:normal;overflow-wrap:anywhere}.dots{display:flex;gap:6px;padding-inline-end:2px}.sheet{display:grid;gap:10px;padding:4px 8px 14px}.sheet .buttons{justify-self:center;width:min(100%,360px)}.sheet .notice{margin-inline:0}.large{min-height:160px;justify-self:center;min-width:min(100%,240px)}.large img{position:relative;width:auto;height:auto;max-width:100%;max-height:320px}.text{align-self:center}p{margin:0;padding:4px 8px}`]}},Ee=[["sensor.nozzle_temperature","number.nozzle_target","mdi:printer-3d-nozzle-heat"],["sensor.bed_temperature","number.bed_target","mdi:radiator"],["sensor.chamber_temperature","number.chamber_target","mdi:cube-scan"]],Ce=class extends Vt{constructor(){super(),this.watched=["sensor.status","sensor.progress","sensor.remaining_time","sensor.finish_time","sensor.file","sensor.current_layer","sensor.total_layers","sensor.last_print","sensor.error","sensor.material","sensor.upload_progress","sensor.offline_reason","sensor.nozzle_n_temperature","number.nozzle_n_target","binary_sensor.plate_occupied","light.light","switch.power","camera.camera","image.job_thumbnail",...Ee.flatMap(([t,e])=>[t,e])],this.live=!1}static{this.properties={...Vt.properties,live:{state:!0}}}static{this.getConfigForm=Jt}static{this.getStubConfig=Gt}getCardSize(){return 6}getGridOptions(){return{columns:12,rows:"auto",min_columns:6}}render(){let{printer:t}=this;return t.exists?q`<ha-card class=${t.color}>
<div class="card">
${this.header(t)} ${this.notices()} ${this.trouble(t)}
${this.upload(t)} ${this.job(t)} ${this.temperatures(t)}
${this.buttons(t)}
</div>
</ha-card>`:this.nobody()}header(t){let e=t.value("light.light"),i=t.value("switch.power"),s=t.words("sensor.status")??this.words("unknown");return q`<div class="header">
<button
class="name"
aria-label=${this.words("open_device",{printer:t.name})}
@click=${()=>pt(`/config/devices/device/${this.printerId}`)}
>
<ha-icon icon="mdi:printer-3d"></ha-icon>
<span>${t.name}</span>
</button>
<button class="state" @click=${this.more("sensor.status")}>
<span class="chip">${s}</span>
</button>
<span class="tools">
${void 0===e?B:q`<button
class="icon ${e}"
aria-pressed=${"on"===e}
aria-label=${this.words("light")}
@click=${()=>this.carryOut("light.light",["light","toggle"])}
>
<ha-icon icon=${"on"===e?"mdi:lightbulb":"mdi:lightbulb-outline"}></ha-icon>
</button>`}
${void 0===i?B:q`<button
class="icon"
aria-pressed=${"on"===i}
aria-label=${this.words("power")}
@click=${()=>this.togglePower("on"===i)}
>
<ha-icon icon="mdi:power"></ha-icon>
</button>`}
</span>
</div>`}togglePower(t){let e=t?this.question(this.words("ask_power",{printer:this.printer.name}),this.words("turn_off"),{ends:!0}):void 0;this.carryOut("switch.power",["switch",t?"turn_off":"turn_on"],e)}trouble(t){let{pending:e}=t;if(t.offline){let e=Ht(this.hass,t.state("sensor.status")?.last_changed),i=t.value("sensor.offline_reason"),s=i&&"none"!==i?t.words("sensor.offline_reason"):void 0;return q`<div class="said">
${s?q`<strong>${s}</strong>`:B}
${e?q`<span class="muted">${this.words("off_since",{time:e})}</span>`:B}
</div>`}if(t.hasError){let e=t.attribute("sensor.error","code"),i=t.attributeWords("sensor.error","cure");return q`<button class="said wrong" @click=${this.more("sensor.error")}>
<strong>${t.words("sensor.error")??this.words("error")}</strong>
${i?q`<span>${i}</span>`:B}
${e?q`<small>${String(e)}</small>`:B}
</button>`}return e?q`<div class="said"><span>${this.words("waits",{command:e})}</span></div>`:B}upload(t){let e=t.number("sensor.upload_progress");if(void 0===e)return B;let i=String(t.attribute("sensor.upload_progress","file")??"");return q`<div class="blue upload">
<div class="row"><span class="cut">${this.words("uploading",{file:i})}</span><span>${e} %</span></div>
${this.bar(e,this.words("uploading",{file:i}))}
</div>`}job(t){let{status:e}=t,i=Nt.has(e),s=i?void 0:t.value("sensor.last_print"),r=s??t.value("sensor.file"),n="completed"===e||"canceled"===e,a=this.picture(t);if(!r&&!i)return B;let o=t.number("sensor.progress");return q`<div class="job ${i||n?"":"small"}">
${a}
<div class="facts">
${r?q`<button class="file" @click=${this.more("sensor.file")}>
${i||n?B:q`<small class="muted">${this.words("last_print")}</small>`}
<span>${r}</span>
</button>`:B}
${i&&void 0!==o?q`<button class="percent" @click=${this.more("sensor.progress")}>${Math.round(o)} %</button>`:B}
${i?this.bar(o,this.words("progress"),"heating"===e):B}
${i?this.times(t):s?this.summary(t):B}
</div>
</div>`}times(t){let e=t.minutesLeft,i=Ht(this.hass,t.value("sensor.finish_time")),s=t.number("sensor.current_layer"),r=t.number("sensor.total_layers"),n=t.value("sensor.material"),a=[void 0===e?"":this.words("left",{time:Ft(this.words,e)}),i?this.words("done_at",{time:i}):"",void 0!==s&&r?this.words("layer",{layer:String(s),layers:String(r)}):"",n??""].filter(Boolean);return q`<div class="times">${a.map(t=>q`<span>${t}</span>`)}</div>`}summary(t){let e=Number(t.attribute("sensor.last_print","duration")),i=Number(t.attribute("sensor.last_print","filament_weight")),s=t.attribute("sensor.last_print","end"),r=[t.attributeWords("sensor.last_print","result")??"","string"==typeof s?Ht(this.hass,s)??"":"",e>0?this.words("took",{time:Ft(this.words,e/60)}):"",i>0?`${i.toFixed(1)} g`:""].filter(Boolean);return q`<div class="times">${r.map(t=>q`<span>${t}</span>`)}</div>`}picture(t){let e=t.state("camera.camera"),i=!!e&&"unavailable"!==e.state,s=t.attribute("image.job_thumbnail","entity_picture"),r=t.value("image.job_thumbnail");if(!(i||s&&r))return B;let n=this.live&&i,a=s&&r?q`<img
alt=${this.words("preview")}
src=${ut(this.hass,`${String(s)}&state=${r}`)}
@error=${t=>t.target.style.visibility="hidden"}
/>`:q`<ha-icon icon="mdi:cube-outline"></ha-icon>`;return q`<button
class="picture"
aria-label=${this.words(n?"show_preview":"show_camera")}
?disabled=${!i}
@click=${()=>{this.live=!n}}
>
${n?q`<flashforge-live
.hass=${this.hass}
.entity=${e.entity_id}
.label=${this.words("camera")}
>${t.attributeWords("camera.camera","stream")}</flashforge-live
>`:a}
${i?q`<ha-icon class="flip" icon=${n?"mdi:image-outline":"mdi:video-outline"}></ha-icon>`:B}
</button>`}temperatures(t){if(t.offline)return B;let e=[...St(t.found,"sensor.nozzle_n_temperature").map(t=>[`sensor.nozzle_n_temperature.${t}`,`number.nozzle_n_target.${t}`,"mdi:printer-3d-nozzle-heat",this.words("nozzle_n",{number:String(t)})]),...Ee.map(([t,e,i])=>[t,e,i,this.words(t.slice(7))])].flatMap(([e,i,s,r])=>{let n=t.number(e);if(void 0===n)return[];let a=t.number(i),o=String(t.attribute(e,"unit_of_measurement")??"°"),l=a?`${Math.round(n)} / ${Math.round(a)} ${o}`:`${Math.round(n)} ${o}`;return[q`<button
class="heat ${a?"hot":""}"
@click=${this.more(t.entity(i)?i:e)}
>
<ha-icon icon=${s}></ha-icon>
<span><small class="muted">${r} </small>${l}</span>
</button>`]});return e.length?q`<div class="heats">${e}</div>`:B}buttons(t){let{status:e}=t,i=this.cancelQuestion(),s=[t.offline?B:this.button("button.pause","mdi:pause","amber","printing"===e||"heating"===e),this.button("button.resume","mdi:play","green","paused"===e||"pausing"===e),this.button("button.cancel","mdi:stop","red",Nt.has(e)&&"canceling"!==e,i),this.button("button.clear_error","mdi:alert-remove-outline","amber",!t.offline&&t.hasError),this.button("button.clear_plate","mdi:broom","green",!t.offline&&t.plateOccupied&&!Nt.has(e)),t.offline||t.hasError||Pt.has(e)?B:q`<button class="big blue" @click=${()=>me(this,"flashforge-print-dialog",{printer:t.id})}>
<ha-icon icon="mdi:printer-3d-nozzle"></ha-icon>
<span>${this.words("open_files")}</span>
</button>`,this.button("button.cancel_upload","mdi:upload-off","red",void 0!==t.number("sensor.upload_progress"))].filter(t=>t!==B);return s.length?q`<div class="buttons">${s}</div>`:B}button(t,e,i,s,r){return s&&this.printer.entity(t)?q`<button
class="big ${i}"
aria-disabled=${void 0!==this.running}
@click=${()=>this.press(t,r)}
>
<ha-icon icon=${this.running===t?"mdi:timer-sand":e}></ha-icon>
<span>${this.words(t.slice(7))}</span>
</button>`:B}static{this.styles=[Qt,n`.card{display:flex;flex-direction:column;gap:12px;padding:12px 16px 16px;container-type:inline-size}.header{display:flex;align-items:center;gap:4px 8px;margin-inline:-8px}.name{display:flex;align-items:center;gap:10px;min-height:40px;padding:0 8px;flex:0 1 auto;min-width:0;font-size:1.15em;font-weight:500}.name ha-icon{color:var(--ff-now);flex:none}.name span,.cut{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.state{min-height:40px;padding:0 2px;flex:none}.tools{margin-inline-start:auto;display:flex;flex:none}.said{display:flex;flex-direction:column;gap:4px;padding:10px 12px;border-radius:var(--ff-radius);background:color-mix(in srgb,var(--ff-now) 14%,transparent);line-height:1.35}.said.wrong{background:color-mix(in srgb,var(--ff-red) 15%,transparent);border-inline-start:4px solid var(--ff-red)}.row{display:flex;justify-content:space-between;gap:8px}.upload{display:grid;gap:6px}.job{display:flex;gap:16px;align-items:stretch}.picture{position:relative;flex:0 0 36%;max-width:150px;aspect-ratio:1;overflow:hidden;background:color-mix(in srgb,var(--primary-text-color) 5%,transparent);display:grid;place-items:center;color:var(--secondary-text-color)}.picture[disabled]{opacity:1}.small .picture{flex-basis:80px}.picture img{width:100%;height:100%;object-fit:cover}.flip{position:absolute;inset-block-end:6px;inset-inline-end:6px;--mdc-icon-size: 18px;padding:4px;border-radius:50%;background:color-mix(in srgb,var(--card-background-color, #fff) 80%,transparent);color:var(--primary-text-color)}.facts{flex:1;min-width:0;display:flex;flex-direction:column;justify-content:center;gap:6px}.file{padding:2px 0;overflow-wrap:anywhere;line-height:1.3;font-weight:500}.file small,.heat small{display:block;font-weight:400}.percent{align-self:flex-start;font-size:2em;line-height:1.1;font-weight:500}.times{display:flex;flex-wrap:wrap;gap:0 14px;color:var(--secondary-text-color);line-height:1.5}.heats{display:grid;grid-template-columns:repeat(auto-fit,minmax(132px,1fr));gap:4px 8px}.heat{display:flex;align-items:center;gap:10px;min-height:44px;padding:2px 6px;white-space:nowrap}.heat ha-icon{color:var(--ff-gray);flex:none}.heat.hot ha-icon{color:var(--deep-orange-color, #ff6f22)}@container (max-width: 300px){.job{flex-direction:column}.picture{max-width:none}}`]}},ze=new Set(["heating","feeding","purging","cutting","retracting"]),Me=class extends Vt{constructor(){super(...arguments),this.watched=["sensor.status","sensor.slot","sensor.direct_feed","sensor.active_slot","sensor.station_activity","select.slot_material","select.slot_color","select.direct_feed_material","select.direct_feed_color"]}static{this.properties={...Vt.properties,open:{state:!0}}}static{this.getConfigForm=Jt}static getStubConfig(t){let e=At(t);return{printer:(e.find(({id:e})=>te(new It(t,e)).length)??e[0])?.id}}getCardSize(){return 2}getGridOptions(){return{columns:12,rows:"auto",min_columns:6}}render(){let{printer:t}=this;if(!t.exists)return this.nobody();let e=te(t);if(!e.length)return q`<ha-card><div class="empty">${this.words("no_slots")}</div></ha-card>`;let i=e.find(({number:t})=>t===this.open);return q`<ha-card class=${t.color}>
<div class="card">
${this.notices()} ${this.feeding(t)}
<div class="spools" style="--count:${e.length}">
${e.map(t=>this.spool(t))}
</div>
${i?this.sheet(t,i):B}
</div>
</ha-card>`}spool(t){let{number:e}=t,i=e?this.words("slot",{number:String(e)}):this.words("external"),s=se(this.words,t);return q`<button
class="spool ${t.active?"active":""}"
aria-expanded=${this.open===e}
@click=${()=>{this.open=this.open===e?void 0:e}}
>
${re(t)}
<span class="what">${s}</span>
<small class="muted">${t.active?this.words("in_use"):i}</small>
</button>`}feeding(t){return!ze.has(t.value("sensor.station_activity")??"")||Nt.has(t.status)?B:q`<div class="feed blue">
<span>${t.words("sensor.station_activity")}</span>
<div class="bar waiting" role="progressbar" aria-label=${this.words("feeding")}><div></div></div>
${t.entity("button.cancel_filament")?q`<button class="text" @click=${()=>this.press("button.cancel_filament")}>
${this.words("cancel")}
</button>`:B}
</div>`}sheet(t,e){let{number:i}=e;if(t.offline)return q`<p class="muted">${this.words("slots_off")}</p>`;if(Nt.has(t.status)&&"paused"!==t.status)return q`<p class="muted">${this.words("slots_busy")}</p>`;let s=i?"slot":"direct_feed",r=t=>i?`select.${s}_${t}.${i}`:`select.${s}_${t}`;return q`<div class="sheet">
${this.choice(t,r("material"),this.words("material"))}
${this.choice(t,r("color"),this.words("color"))}
${t.entity("button.cancel_filament")?q`<div class="buttons">
${this.feed("load_filament","mdi:download",i)}
${this.feed("unload_filament","mdi:upload",i)}
</div>`:B}
</div>`}feed(t,e,i){return q`<button
class="big blue"
aria-disabled=${void 0!==this.running}
@click=${()=>this.act(t,["flashforge",t,{slot:i}])}
>
<ha-icon icon=${this.running===t?"mdi:timer-sand":e}></ha-icon>
<span>${this.words(t)}</span>
</button>`}choice(t,e,i){let s=t.state(e),r=s?.attributes.options;if(!s||!Array.isArray(r))return B;return q`<label>
<span class="muted">${i}</span>
<select aria-disabled=${void 0!==this.running} @change=${async t=>{let i=t.target;await this.carryOut(e,["select","select_option",{option:i.value}])||(i.value=s.state)}}>
${r.includes(s.state)?B:q`<option value="" selected></option>`}
${r.map(t=>q`<option value=${t} ?selected=${t===s.state}>
${this.hass.formatEntityState(s,t)}
</option>`)}
</select>
</label>`}static{this.styles=[Qt,n`.card{display:flex;flex-direction:column;gap:10px;padding:12px}.spools{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,max(72px,100% / var(--count) - 8px)),1fr));gap:8px}.spool{display:flex;flex-direction:column;align-items:center;gap:4px;padding:10px 4px;min-width:0;text-align:center;line-height:1.25}.spool.active{background:color-mix(in srgb,var(--ff-blue) 14%,transparent)}.spool .swatch{width:44px;height:44px;display:grid;place-items:center;margin-bottom:4px;color:var(--secondary-text-color);font-size:1.2em;box-shadow:inset 0 0 0 15px color-mix(in srgb,var(--swatch, transparent) 100%,transparent),0 0 0 2px var(--card-background-color, #fff),0 0 0 3px color-mix(in srgb,var(--primary-text-color) 40%,transparent);background:var(--swatch, color-mix(in srgb, var(--primary-text-color) 5%, transparent))}.spool .swatch:after{content:"";width:12px;height:12px;border-radius:50%;background:var(--card-background-color, #fff);box-shadow:0 0 0 1px color-mix(in srgb,var(--primary-text-color) 40%,transparent);grid-area:1 / 1}.spool .swatch:not([style*=swatch]):after{display:none}.spool .swatch.hollow{background:none;box-shadow:none;border:2px dashed var(--ff-gray);box-sizing:border-box}.what{max-width:100%;overflow-wrap:anywhere;font-weight:500}.feed{display:grid;grid-template-columns:auto 1fr auto;align-items:center;gap:10px}.sheet{display:grid;grid-template-columns:repeat(auto-fit,minmax(130px,1fr));gap:10px;padding-top:10px;border-top:1px solid var(--ff-line)}.sheet .buttons{grid-column:1 / -1}label{display:grid;gap:4px}p{margin:0;padding:4px}`]}},Oe="media-source://";function je(t,e,i){let{name:s,media:r,file:n}=t,a=!r&&!n;return{...r?{media:r}:n?{file:n,name:s}:{file_name:s},..."upload"===i?{}:{...e.options,try_anyway:e.insist,...Ue(e)},..."print"!==i||a?{}:{print_now:!0},..."print"===i&&a?{}:{replace:e.replace}}}function Ue({external:t,slots:e}){return t?{materials:"none"}:Object.keys(e).length?{slots:e}:{}}async function Te(t,e,i,s){let{response:r}=await t.callWS({type:"call_service",domain:ht,service:"check_file",service_data:je(i,s,"check"),target:{device_id:e},return_response:!0});return r}var Pe=class extends Error{constructor(t){super(`status ${t}`),this.status=t}};var Ne=n`.body{display:flex;flex-direction:column;gap:14px;min-height:min(420px,55vh)}[role=tabpanel]{display:grid;align-content:start;gap:14px}.tabs{display:flex;overflow-x:auto;border-bottom:1px solid var(--ff-line)}.tabs button{flex:1 0 auto;min-height:44px;padding:0 12px;border-radius:var(--ff-radius) var(--ff-radius) 0 0;border-bottom:2px solid transparent;color:var(--secondary-text-color);font-weight:500;text-align:center}.tabs [aria-selected=true]{color:inherit;border-color:var(--primary-color)}input[type=search],select{font:inherit;color:inherit;box-sizing:border-box;min-height:42px;padding-inline:12px;border:1px solid color-mix(in srgb,var(--primary-text-color) 30%,transparent);border-radius:var(--ff-radius);background:var(--card-background-color, #fff)}input:focus-visible{outline:2px solid var(--primary-color);outline-offset:1px}.empty,.drop{display:grid;justify-items:center;gap:8px;padding-block:48px;text-align:center;--mdc-icon-size: 40px}p{margin:0;max-width:44ch}.drop{padding-inline:16px;border:2px dashed var(--ff-line);border-radius:var(--ff-radius);color:var(--secondary-text-color)}.drop.over{border-color:var(--primary-color);background:color-mix(in srgb,var(--primary-color) 8%,transparent)}.drop button{color:var(--primary-text-color)}button.big{flex:0 1 auto;min-width:120px}button.main,button.main:not([disabled]):hover{background:color-mix(in srgb,var(--ff-now) 75%,#000);color:#fff}button.main ha-icon{color:inherit}.text{display:inline-flex;align-items:center;gap:6px;justify-self:start}.progress{display:grid;gap:12px;margin:auto 0;padding:24px 8px;overflow-wrap:anywhere}.progress button{justify-self:center}.about{display:flex;align-items:center;gap:16px}.about .thumb{width:104px}.facts{display:grid;gap:6px;min-width:0}section{display:grid;border:1px solid var(--ff-line);border-radius:var(--ff-radius)}section:empty{display:none}ha-dialog{--ha-dialog-width-md: 720px}.slot{display:flex;align-items:center;gap:12px}.slot select{flex:1;min-width:0}.tool,.option{display:grid;grid-template-columns:auto 1fr minmax(0,260px);align-items:center;gap:6px 12px;min-height:44px;padding:6px 14px}.tool+.tool,.option+.option{border-top:1px solid var(--ff-line)}.tool small{grid-column:2 / -1}.option{grid-template-columns:auto 1fr;cursor:pointer}.option input{width:18px;height:18px;margin:0;accent-color:var(--primary-color)}select.wrong{border-color:var(--ff-red)}small.wrong{color:color-mix(in srgb,var(--ff-red) 75%,var(--primary-text-color))}.remark{display:flex;align-items:center;gap:6px;color:var(--secondary-text-color);--mdc-icon-size: 18px}.remark ha-icon{flex:none;color:var(--ff-amber)}.back:dir(rtl) ha-icon{transform:scaleX(-1)}dialog{width:min(720px,94vw);padding:0 20px 20px;border:0;border-radius:20px;color:inherit;background:var(--card-background-color, #fff)}header{display:flex;align-items:center;gap:8px}h2{flex:1;overflow:hidden;text-overflow:ellipsis;font-weight:400}@media(max-width:480px){.tool{grid-template-columns:auto 1fr}.slot{grid-column:1 / -1}.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}}`,Re=["printer","media","device"],Le=`media-source://${ht}/prints`,Ie={options:{},slots:{},external:!1,replace:!1,insist:!1},Fe={plate_occupied:"button.clear_plate",error_active:"button.clear_error",upload_runs:"button.cancel_upload"},He={would_replace:["replace","overwrite"],file_for_other_printer:["insist","try_anyway"],start_ignored_before:["insist","try_anyway"],spool_mismatch:["external","try_anyway"]},De=class extends Vt{constructor(){super(),this.folder=Le,this.said=[],this.matched={},this.situation="",this.again=!1,this.watched=["sensor.status","sensor.error","sensor.upload_progress","sensor.slot","sensor.direct_feed","binary_sensor.plate_occupied"],this.closed=t=>{if(t.target!==t.currentTarget||!this.params)return;let{params:e}=this;this.opened=!1,this.params=void 0,this.stop?.abort(),this.starting||this.leave(),e.closed?.(),this.requestUpdate("opened"),this.dispatchEvent(new CustomEvent("dialog-closed",{bubbles:!0,composed:!0,detail:{dialog:this.localName}}))},this.list=async()=>{let{params:t}=this;this.stored={};let e=await this.fetch({type:`${ht}/files`,device_id:this.printerId});t===this.params&&(this.stored=e)},this.opened=this.checking=this.over=!1,this.reset()}static{this.properties={...Vt.properties,opened:{state:!0},tab:{state:!0},able:{state:!0},stored:{state:!0},media:{state:!0},query:{state:!0},most:{state:!0},source:{state:!0},wish:{state:!0},found:{state:!0},checking:{state:!0},sending:{state:!0},starting:{state:!0},over:{state:!0}}}reset(){this.tab="printer",this.able=this.stored=this.media={},this.starting=!1,this.search(""),this.leave()}showDialog(t){this.reset(),this.params=t,this.printerId=t.printer,this.opened=!0,this.begin()}closeDialog(){return this.opened=!1,!0}shouldUpdate(t){return(this.opened||t.has("opened"))&&super.shouldUpdate(t)}updated(t){let e=this.renderRoot.querySelector("dialog");e&&e.open!==this.opened&&e[this.opened?"showModal":"close"](),t.has("source")&&t.get("source")!==this.source&&this.renderRoot.querySelector(".back, [role=tab][aria-selected=true]")?.focus();let i=this.watches().filter(t=>t!==this.printer.entity("sensor.upload_progress")).map(t=>this.hass.states[t]?.state).join(),s=i!==this.situation;this.situation=i,s&&this.found&&!this.starting&&queueMicrotask(()=>this.check())}async fetch(t){try{return{answer:await this.hass.callWS(t)}}catch(t){return{error:await Ut(this.hass,t)}}}async begin(){let{params:t}=this,e=this.printerId;this.able={};let i=await this.fetch({type:`${ht}/print_abilities`,device_id:e});t===this.params&&(this.able=i,i.answer&&(t?.source&&this.choose(t.source),this.list()))}async browse(t){this.folder=t,this.media={},this.search("");let e=await this.fetch({type:"media_source/browse_media",media_content_id:t});t===this.folder&&(this.media=e)}async check(){if(this.again=!0,!this.checking){this.checking=!0;for(let t=this.source;this.again&&t;t=this.source){this.again=!1;try{let e=await Te(this.hass,this.printerId,t,this.wish),i=await Promise.all(e.problems.map(async({key:t,message:e,placeholders:i})=>({key:t,text:await Ut(this.hass,{message:e,translation_domain:ht,translation_key:t,translation_placeholders:i}),tool:Number(i?.tool??0)})));if(t!==this.source)continue;this.said=i,this.found=e;for(let{tool:t,slot:i}of e.materials??[])this.matched[t]=i}catch(e){let i=await Ut(this.hass,e);t===this.source&&(this.refusal=i)}}this.checking=!1}}async start(t){let{params:e,source:i,hass:s}=this;if(!i)return;let r,n=i.media||i.file?"upload_file":"print_file",a={device_id:this.printerId};this.refusal=void 0,this.starting=!0;try{await s.callService(ht,n,je(i,this.wish,t),a,!1)}catch(t){r=await Ut(s,t)}if(e===this.params)return this.starting=!1,r?(this.refusal=r,void this.check()):(ct(this,this.words("print"===t?"print_started":"uploaded",{file:i.name})),void this.closeDialog());r&&ct(this,r)}async send(t){if(!t||this.sending)return;let{name:e}=t,i=this.able.answer?.types??[],s=function({name:t,size:e},i){return i.some(e=>t.toLowerCase().endsWith(e))?e?e>104857600?"file_large":void 0:"file_empty":"file_type"}(t,i);if(this.refusal=s&&this.words(s,{file:e,types:i.join(", ")}),s)return;let r=this.stop=new AbortController;this.sending={name:e,percent:0};try{let i=await async function(t,e,i,s){let{auth:r}=t;r?.expired&&await r.refreshAccessToken(),s.throwIfAborted();let n=new FormData;return n.append("file",e,`print${/\.\w+$/.exec(e.name)?.[0]??""}`),new Promise((e,a)=>{let o=new XMLHttpRequest;o.open("POST",ut(t,"/api/file_upload")),o.setRequestHeader("Authorization",`Bearer ${r?.accessToken??""}`),o.upload.onprogress=({loaded:t,total:e})=>i(e?Math.floor(100*t/e):0),o.onload=()=>{try{if(200!==o.status)throw new Pe(o.status);e(JSON.parse(o.responseText).file_id)}catch(t){a(t)}},o.onerror=()=>a(new Pe(0)),o.onabort=()=>a(s.reason),s.addEventListener("abort",()=>o.abort(),{once:!0}),o.send(n)})}(this.hass,t,t=>{this.sending={name:e,percent:t}},r.signal);this.choose({name:e,file:i})}catch{r.signal.aborted||(this.refusal=this.words("send_failed",{file:e}))}this.sending=void 0}search(t){this.query=t,this.most=48}turn(t){this.tab=t,this.refusal=void 0,this.search(""),"media"===t&&!this.media.answer&&this.browse(this.folder)}choose(t){this.leave();let e=Object.fromEntries((this.able.answer?.options??[]).map(t=>[t,"leveling"===t]));this.wish={...Ie,options:e},this.source=t,this.check()}leave(){let t=this.source?.file;t&&this.hass?.callWS({type:`${ht}/forget_file`,file:t}).catch(()=>{}),this.source=this.found=this.refusal=void 0,this.wish=Ie,this.matched={},this.said=[]}want(t){this.wish={...this.wish,...t},this.check()}render(){if(!this.params||!this.hass)return B;let{source:t,starting:e}=this,i=t?.name??this.words("print_on",{printer:this.printer.name}),s=q`<div class="body">${this.notices()} ${this.body()}</div>`,r=t&&!e?this.foot():B,n=q`<button
class="icon back"
slot="headerNavigationIcon"
aria-label=${this.words("back")}
@click=${()=>this.leave()}
>
<ha-icon icon="mdi:arrow-left"></ha-icon>
</button>`,a=t&&!e;return customElements.get("ha-dialog")?q`<ha-dialog .open=${this.opened} header-title=${i} @closed=${this.closed}>
${a?n:B} ${s} ${r}
</ha-dialog>`:q`<dialog aria-label=${i} @close=${this.closed}>
<header>
${a?n:B}
<h2>${i}</h2>
<button class="icon" aria-label=${this.words("close")} @click=${()=>this.closeDialog()}>
<ha-icon icon="mdi:close"></ha-icon>
</button>
</header>
${s} ${r}
</dialog>`}body(){let{able:t,source:e,sending:i}=this;if(t.error)return this.failed(t.error,()=>this.begin());if(this.starting){let t=this.printer.number("sensor.upload_progress");return this.progress(void 0===t?this.words("starting"):this.words("uploading",{file:e.name}),t,void 0===t?void 0:()=>this.press("button.cancel_upload"))}if(i){let{name:t,percent:e}=i;return this.progress(this.words("sending",{file:t}),e,()=>this.stop?.abort())}return e?this.second():this.first()}progress(t,e,i){return q`<div class="progress blue" aria-live="polite">
<strong>${t}</strong>
${this.bar(e??0,t,void 0===e)}
<span class="muted">${void 0===e?B:`${e} %`}</span>
${i?q`<button class="big red" @click=${i}>${this.words("cancel_upload")}</button>`:B}
</div>`}failed(t,e){return q`<div class="empty" role="alert">
<ha-icon icon="mdi:alert-circle-outline"></ha-icon>
<p>${t}</p>
<button class="text" @click=${e}>${this.words("try_again")}</button>
</div>`}first(){return q`<div class="tabs" role="tablist" @keydown=${t=>{let e="rtl"===getComputedStyle(this).direction,i={ArrowRight:e?2:1,ArrowLeft:e?1:2}[t.key];i&&(this.turn(Re[(Re.indexOf(this.tab)+i)%3]),this.updateComplete.then(()=>this.renderRoot.querySelector("[role=tab][aria-selected=true]")?.focus()))}}>
${Re.map(t=>q`<button
role="tab"
id=${t}
aria-controls="panel"
aria-selected=${t===this.tab}
tabindex=${t===this.tab?0:-1}
@click=${()=>this.turn(t)}
>
${this.words(`from_${t}`)}
</button>`)}
</div>
<div id="panel" role="tabpanel" aria-labelledby=${this.tab}>${this["printer"===this.tab?"onPrinter":"media"===this.tab?"inMedia":"onDevice"]()}</div>`}onPrinter(){let{answer:t,error:e}=this.stored;return e?this.failed(e,this.list):this.grid(t,({name:t})=>t,t=>we(this.hass,t,()=>this.choose({name:t.name,picture:t.picture})),this.words("no_files"))}inMedia(){let{answer:t,error:e}=this.media;if(e)return this.failed(e,()=>this.browse(this.folder));let i=function(t){let e=t.slice(15).split("/");return e.length>2?Oe+e.slice(0,-1).join("/"):void 0}(this.folder);return q`${i?q`<button class="text" @click=${()=>this.browse(i)}>
<ha-icon icon="mdi:arrow-up"></ha-icon>${this.words("folder_above")}
</button>`:B}
${this.grid(t&&(t.children??[]),({title:t})=>t,({title:t,media_content_id:e,can_expand:i})=>q`<button
class="tile"
@click=${()=>i?this.browse(e):this.choose({name:t,media:e})}
>
<span class="thumb"><ha-icon icon=${i?"mdi:folder":"mdi:cube-outline"}></ha-icon></span>
<span class="title">${t}</span>
</button>`,this.words("no_media"))}`}grid(t,e,i,s){if(!t)return $e(this.words("loading"),8);if(!t.length)return q`<div class="empty"><ha-icon icon="mdi:tray"></ha-icon><p>${s}</p></div>`;let r=function(t,e,i){let s=i.trim().toLowerCase();return t.filter(t=>e(t).toLowerCase().includes(s))}(t,e,this.query);return q`<input
type="search"
placeholder=${this.words("search")}
aria-label=${this.words("search")}
.value=${this.query}
@input=${t=>this.search(t.target.value)}
/>
<div class="tiles">${r.slice(0,this.most).map(i)}</div>
${r.length?B:q`<p class="empty" role="status">${this.words("not_found")}</p>`}
${r.length>this.most?q`<button class="text" @click=${()=>this.most+=48}>${this.words("more")}</button>`:B}`}onDevice(){let t=t=>e=>{e.preventDefault(),this.over=t};return q`<div
class="drop ${this.over?"over":""}"
@dragover=${t(!0)}
@dragleave=${t(!1)}
@drop=${e=>{t(!1)(e),this.send(e.dataTransfer?.files[0])}}
>
<ha-icon icon="mdi:upload"></ha-icon>
<p>${this.words("drop")}</p>
<button class="big blue" @click=${()=>this.renderRoot.querySelector("input[type=file]")?.click()}>
${this.words("choose_file")}
</button>
<small class="muted">${this.words("limits",{types:this.able.answer?.types.join(", ")??""})}</small>
<input
type="file"
hidden
aria-label=${this.words("choose_file")}
@change=${t=>{let e=t.target;this.send(e.files?.[0]),e.value=""}}
/>
</div>`}second(){let{found:t,source:e}=this;if(!t)return this.refusal?q`<button class="text" @click=${()=>this.want({})}>${this.words("try_again")}</button>`:this.progress(this.words("checking"),void 0);let i=this.said.filter(({tool:t})=>!this.tools.some(e=>e.tool===t));return q`<div class="about">
${ve(this.hass,e.picture)}
<div class="facts">
<strong>${be(this.hass,t)}</strong>
${t.remarks.map(t=>this.remark(t))}
</div>
</div>
${i.map(t=>this.problem(t))}
${this.tools.length?q`<section>${this.tools.map(t=>this.tool(t))}</section>`:B}
<section>${this.options()}</section>`}get tools(){return this.found?function({tools:t,problems:e,materials:i}){let s=(t??[]).filter(({weight:t})=>0!==t);if(s.length)return s;let r=new Set(i?.map(({tool:t})=>t));return e.some(({key:t})=>"file_tools_unknown"===t)&&r.add(1),[...r].map(t=>({tool:t,material:null,color:null,color_name:null,weight:null}))}(this.found):[]}remark(t){return q`<small class="remark"><ha-icon icon="mdi:information-outline"></ha-icon>${this.words(t)}</small>`}problem({key:t,text:e}){let i=Fe[t],[s,r]=He[t]??[];return q`<div class="notice refusal" role="alert">
<ha-icon icon="mdi:alert-circle-outline"></ha-icon>
<span>${e}</span>
${i&&this.printer.entity(i)?q`<button class="text" ?disabled=${!!this.running} @click=${async()=>{await this.press(i)&&this.check()}}>${this.words(i.slice(7))}</button>`:B}
${s&&r?q`<button class="text" @click=${()=>this.want({[s]:!0})}>${this.words(r)}</button>`:B}
</div>`}tool(t){let e=te(this.printer).filter(({number:t})=>t>0),i=this.wish.slots[t.tool]??this.matched[t.tool],s=e.find(({number:t})=>t===i),r=this.said.filter(e=>e.tool===t.tool),n=this.found.materials?.find(e=>e.tool===t.tool)?.remarks??[],a=[t.material??this.words("unknown"),this.color(t),t.weight?this.words("grams",{grams:t.weight.toFixed(1)}):""];return q`<div class="tool">
${ge(t)}
<span id="tool${t.tool}">${this.words("needs",{filament:a.filter(Boolean).join(" ")})}</span>
${e.length&&!this.wish.external?q`<span class="slot">${s?re(s):B}<select
aria-labelledby="tool${t.tool}"
class=${r.length?"wrong":""}
@change=${e=>{let i=Number(e.target.value);this.want({slots:{...this.wish.slots,[t.tool]:i}})}}
>
${i?B:q`<option value="" selected disabled>${this.words("choose_slot")}</option>`}
${e.map(t=>q`<option value=${t.number} .selected=${t.number===i}>
${this.words("slot",{number:String(t.number)})}: ${se(this.words,t)}
</option>`)}
</select></span>`:B}
${r.map(({text:t})=>q`<small class="wrong" role="alert">${t}</small>`)}
${r.length?B:n.map(t=>this.remark(t))}
</div>`}color({color_name:t}){let e=this.printer.state("sensor.slot.1")??this.printer.state("sensor.direct_feed");return t&&e?this.hass.formatEntityAttributeValue({...e,attributes:{color_name:t}},"color_name"):""}options(){let{options:t,external:e}=this.wish,i=(t,e,i)=>q`<label class="option">
<input
type="checkbox"
.checked=${e}
@change=${t=>i(t.target.checked)}
/>
${this.words(t)}
</label>`;return q`${Object.entries(t).map(([e,s])=>i(`option_${e}`,s,i=>{this.wish={...this.wish,options:{...t,[e]:i}}}))}
${this.printer.entity("sensor.direct_feed")&&this.tools.length<2?i("option_external",e,t=>this.want({external:t})):B}`}foot(){let{found:t,source:e,checking:i}=this;return q`<div slot="footer" class="buttons">
${e?.media||e?.file?q`<button class="big" ?disabled=${!t} @click=${()=>this.start("upload")}>
<ha-icon icon="mdi:upload"></ha-icon>${this.words("only_upload")}
</button>`:B}
<button class="big blue main" ?disabled=${i||!t?.can_print} @click=${()=>this.start("print")}>
<ha-icon icon="mdi:printer-3d-nozzle"></ha-icon>${this.words("print")}
</button>
</div>`}static{this.styles=[Qt,ye,Ne]}};function qe(t,e){let i=t.entities[e.entity_id??""];return i?.platform===ht&&"status"===i.translation_key}var We=class extends Vt{static{this.properties={...Vt.properties,context:{attribute:!1}}}setConfig(){}shouldUpdate(t){return!(!this.hass||!this.context)&&(this.printerId=Ct(this.hass,this.context.entity_id??""),super.shouldUpdate(t))}},Be=class extends We{constructor(){super(...arguments),this.watched=["sensor.status","sensor.file"]}static getStubConfig(){return{type:"custom:flashforge-controls"}}render(){if(!qe(this.hass,this.context))return B;let{status:t}=this.printer;return q`<div class="feature">
${"paused"===t||"pausing"===t?this.control("button.resume","mdi:play",!0):this.control("button.pause","mdi:pause","printing"===t||"heating"===t)}
${this.control("button.cancel","mdi:stop",Nt.has(t)&&"canceling"!==t)}
</div>
${this.notices()}`}control(t,e,i){if(!this.printer.entity(t))return B;let s="button.cancel"===t?this.cancelQuestion():void 0;return q`<button
aria-label=${this.words(t.slice(7))}
aria-disabled=${!i||void 0!==this.running}
@click=${()=>i&&this.press(t,s)}
>
<ha-icon icon=${this.running===t?"mdi:timer-sand":e}></ha-icon>
</button>`}static{this.styles=[Qt,n`.feature{display:flex;gap:var(--feature-button-spacing, 12px);height:var(--feature-height, 42px)}.feature button{flex:1;display:grid;place-items:center;border-radius:var(--feature-border-radius, 12px);background:color-mix(in srgb,var(--primary-text-color) 7%,transparent)}.notice{margin-top:8px}`]}},Ve=class extends We{constructor(){super(...arguments),this.watched=["sensor.slot","sensor.direct_feed","sensor.active_slot"]}static getStubConfig(){return{type:"custom:flashforge-swatches"}}render(){let t=te(this.printer);return t.length?q`<div class="feature">
${t.map(t=>{let e=se(this.words,t),i=t.number?this.words("slot",{number:String(t.number)}):this.words("external");return q`<button
class=${t.active?"active":""}
aria-label=${`${i}: ${e}`}
title=${e}
@click=${()=>{let e=this.printer.entity(t.key);e&&dt(this,e)}}
>
${re(t)}
</button>`})}
</div>`:B}static{this.styles=[Qt,n`.feature{display:flex;gap:8px;height:var(--feature-height, 42px)}button{flex:1;display:grid;place-items:center;border-radius:var(--feature-border-radius, 12px);background:color-mix(in srgb,var(--primary-text-color) 4%,transparent)}button.active{box-shadow:inset 0 0 0 2px var(--ff-blue)}.swatch{width:24px;height:24px;text-align:center;color:var(--secondary-text-color);box-shadow:0 0 0 1px color-mix(in srgb,var(--primary-text-color) 40%,transparent)}.swatch.hollow{box-shadow:none;border:2px dashed var(--ff-gray);box-sizing:border-box}`]}};function Ge(t,e){customElements.get(t)||customElements.define(t,e)}function Je(t,...e){let i=window,s=i[t]??=[];for(let t of e)s.some(({type:e})=>e===t.type)||s.push(t)}var Qe=class extends at{constructor(){super(),this.onScreen=!0,this.look=()=>{let t=this.isConnected&&this.onScreen&&!document.hidden;this.visible&&!t&&this.stop(),!this.visible&&t&&(this.failed=!1),this.visible=t},this.label="",this.visible=!1,this.failed=!1}static{this.properties={hass:{attribute:!1},entity:{},label:{},visible:{state:!0},failed:{state:!0}}}connectedCallback(){super.connectedCallback(),document.addEventListener("visibilitychange",this.look),typeof IntersectionObserver<"u"&&(this.onScreen=!1,this.observer=new IntersectionObserver(t=>{this.onScreen=t.some(({isIntersecting:t})=>t),this.look()}),this.observer.observe(this)),this.look()}disconnectedCallback(){document.removeEventListener("visibilitychange",this.look),this.observer?.disconnect(),this.stop(),super.disconnectedCallback()}stop(){this.source=void 0,this.visible=!1,this.renderRoot?.querySelector("img")?.setAttribute("src","")}shouldUpdate(t){return t.size>1||!t.has("hass")||t.get("hass")?.states[this.entity??""]!==this.hass?.states[this.entity??""]}willUpdate(t){t.has("entity")&&(this.source=void 0);let e=this.hass?.states[this.entity??""]?.attributes.access_token;if(!this.visible||this.source||!e)return;let i=`/api/camera_proxy_stream/${this.entity}?token=${String(e)}`;this.source=ut(this.hass,i)}fail(){this.failed=!0,this.source=void 0}render(){return this.visible&&!this.failed&&this.source?q`${this.source?q`<img alt=${this.label} src=${this.source} @error=${this.fail} />`:B}`:q`<slot></slot>`}static{this.styles=n`:host{display:grid;place-items:center;width:100%;height:100%;min-height:60px;overflow:hidden}img{width:100%;height:100%;object-fit:cover;display:block}`}},Ze=class extends at{static{this.properties={hass:{attribute:!1},config:{state:!0}}}setConfig(t){this.config=t}render(){if(!this.hass||!this.config)return B;let{schema:t,computeLabel:e}=Jt();return q`<ha-form
.hass=${this.hass}
.data=${this.config}
.schema=${t}
.computeLabel=${e}
@value-changed=${this.changed}
></ha-form>`}changed(t){t.stopPropagation();let e={...this.config,...t.detail.value};this.dispatchEvent(new CustomEvent("config-changed",{detail:{config:e},bubbles:!0,composed:!0}))}},Ke={type:"entity"},Xe=[{type:"numeric-input",style:"buttons"}],Ye=[{type:"numeric-input",style:"slider"}],ti=[{type:"fan-speed"}],ei=[{type:"select-options"}],ii=class{constructor(t,e,i){this.words=i,this.printer=new It(t,e??At(t)[0]?.id)}card(t){return{type:`custom:flashforge-${t}-card`,printer:this.printer.id}}section(t,e,i){let s=i.filter(t=>void 0!==t);return s.length?[{type:"grid",cards:[{type:"heading",heading:this.words(t),icon:e},...s]}]:[]}tile(t,e){let i=this.printer.entity(t);if(i)return{type:"tile",entity:i,name:Ke,grid_options:{columns:12},...e?{features:e}:{}}}duringJob(t){let e=this.printer.entity("sensor.status"),i={condition:"state",entity:e,state:[...Nt]};return t&&e?{...t,visibility:[i]}:t}numbered(t){return St(this.printer.found,t).map(e=>`${t}.${e}`)}graph(t){let e=t.flatMap(t=>{let e=this.printer.entity(t);return e?[{entity:e,name:Ke}]:[]});if(e.length)return{type:"history-graph",hours_to_show:1,entities:e,grid_options:{columns:12}}}get now(){let t=this.printer.entity("camera.camera");return this.section("now","mdi:printer-3d-nozzle",[this.card("printer"),t?this.card("camera"):void 0])}get filament(){let t=te(this.printer).length>0;return this.section("filament","mdi:palette-swatch",[t?this.card("slots"):void 0])}get temperatures(){let t=[...this.numbered("sensor.nozzle_n_temperature"),"sensor.nozzle_temperature","sensor.bed_temperature","sensor.chamber_temperature"],e=[...this.numbered("number.nozzle_n_target"),"number.nozzle_target","number.bed_target","number.chamber_target"];return this.section("temperatures","mdi:thermometer",[this.graph([...t,...e]),...si(e.map(t=>this.tile(t,Xe)))])}get print(){return this.section("print","mdi:cube-outline",[this.printer.entity("button.cancel_upload")?this.card("files"):void 0])}get prints(){let t=this.printer.entity("sensor.last_print")??this.printer.entity("event.print");return this.section("prints","mdi:history",[t?this.card("history"):void 0])}get adjust(){let t=[this.tile("number.print_speed_factor",Ye),this.tile("number.z_offset",Xe),this.tile("fan.part_fan",ti),this.tile("fan.left_part_fan",ti),this.tile("fan.chamber_fan",ti)].map(t=>this.duringJob(t)),e=[this.tile("select.filtration",ei),this.tile("switch.auto_power_off")],[i]=this.section("adjust","mdi:tune-variant",[...t,...e]);if(!i)return[];let[s,...r]=i.cards,n=e.some(Boolean)?s:this.duringJob(s);return[{...i,cards:[n,...r]}]}get health(){return this.section("health","mdi:heart-pulse",[this.tile("sensor.error"),this.tile("sensor.offline_reason"),this.tile("sensor.lifetime_print_time"),this.tile("sensor.lifetime_filament"),...si([this.tile("sensor.air_quality"),this.tile("sensor.free_storage")])])}};function si(t){let e=t.filter(t=>void 0!==t),i=e.length%2?e.length-1:-1;return e.map((t,e)=>e===i?t:{...t,grid_options:{columns:6}})}function ri(t){let e=t.flatMap(t=>t.cards);return e.length?[{type:"grid",cards:e}]:[]}async function ni(t,e){return await jt(e),new ii(e,t.printer??t.device_id,Ot(e))}function ai(){return document.createElement("flashforge-printer-editor")}var oi=class extends HTMLElement{static{this.noEditor=!0}static getCreateSuggestions(){return{title:"3D printers",icon:"mdi:printer-3d"}}static async generate(t,e){await jt(e);let i=Ot(e),s=At(e),r={title:i("farm"),path:"farm",type:"sections",max_columns:4,sections:[{type:"grid",column_span:4,cards:[{type:"custom:flashforge-farm-card",views:!0}]}]},n=s.map(t=>({title:Et(t),path:ne(t.id),strategy:{type:`custom:${ht}-printer`,printer:t.id}})),a={title:i("prints"),path:"prints",type:"sections",max_columns:2,sections:[{type:"grid",column_span:2,cards:[{type:"custom:flashforge-history-card",grid_options:{columns:"full"}}]}]};return{views:s.length>1?[r,...n,a]:s.length?n:[r]}}},li=class extends HTMLElement{static{this.getConfigElement=ai}static async generate(t,e){let i=await ni(t,e),{now:s,filament:r,temperatures:n,print:a,prints:o,adjust:l,health:h}=i;return i.printer.exists?{type:"sections",max_columns:3,dense_section_placement:!0,sections:[[...s,...a],[...r,...o,...h],[...n,...l]].flatMap(ri)}:{type:"sections",sections:[{type:"grid",cards:[i.card("printer")]}]}}},hi=class extends HTMLElement{static{this.getConfigElement=ai}static getStubConfig(t){return{type:`custom:${ht}-printer`,printer:At(t)[0]?.id}}static async generate(t,e){let i=await ni(t,e),s={type:"heading",heading:i.printer.name,icon:"mdi:printer-3d-nozzle"},r=["printer",...i.printer.entity("camera.camera")?["camera"]:[]];return te(i.printer).length&&r.push("slots"),{type:"grid",cards:[s,...r.map(t=>i.card(t))]}}},di="https://github.com/flashforge-home-assistant/flashforge/blob/main/docs/dashboard.md";Ge("flashforge-live",Qe),Ge("flashforge-printer-card",Ce),Ge("flashforge-compact-card",Xt),Ge("flashforge-slots-card",Me),Ge("flashforge-camera-card",Kt),Ge("flashforge-farm-card",le),Ge("flashforge-files-card",xe),Ge("flashforge-print-dialog",De),Ge("flashforge-history-card",Ae),Ge("flashforge-controls",Be),Ge("flashforge-swatches",Ve),Ge("flashforge-badge",Zt),Ge("flashforge-printer-editor",Ze),Ge("ll-strategy-dashboard-flashforge",oi),Ge("ll-strategy-view-flashforge-printer",li),Ge("ll-strategy-section-flashforge-printer",hi);var ci=()=>!0,pi=(...t)=>e=>t.some(t=>e.startsWith(t)),ui=(t,e)=>(i,s)=>{let r=Ct(i,s);return r&&e(i.entities[s]?.translation_key??"")?{config:{type:`custom:${t}`,printer:r}}:null},fi=(t,e,i,s)=>({type:t,name:e,description:i,preview:!0,documentationURL:di,getEntitySuggestion:ui(t,s)});Je("customCards",fi("flashforge-printer-card","FlashForge printer","A printer, its job, and what can be done now",ci),fi("flashforge-compact-card","FlashForge printer, compact","A printer in two rows",ci),fi("flashforge-slots-card","FlashForge filament","The filament in each slot: label, load and unload it",pi("slot","direct_feed","active_slot","station_activity","material")),fi("flashforge-history-card","FlashForge prints","The prints that are over, of one printer or of all",t=>"print"===t||pi("last_print","job_thumbnail")(t)),fi("flashforge-camera-card","FlashForge camera","The camera and the job, live while visible",pi("camera")),fi("flashforge-files-card","FlashForge files","The files on the printer: choose one and print it",pi("print_file","file","upload_progress")),{type:"flashforge-farm-card",name:"FlashForge printers",description:"All printers, those that need you first",preview:!0,documentationURL:di}),Je("customBadges",{...fi("flashforge-badge","FlashForge printer","A printer in one line",pi("status"))}),Je("customCardFeatures",{type:"flashforge-controls",name:"FlashForge pause, resume, cancel",isSupported:qe},{type:"flashforge-swatches",name:"FlashForge slots",isSupported:function(t,e){if(!qe(t,e))return!1;let i=Ct(t,e.entity_id);return te(new It(t,i)).length>0}}),Je("customStrategies",{type:"flashforge",strategyType:"dashboard",name:"FlashForge",description:"All printers, and a view for each",documentationURL:di}),Je("customStrategies",{type:"flashforge-printer",strategyType:"section",name:"FlashForge printer",description:"The printer, its camera and its filament",documentationURL:di});
