"use strict";(()=>{var Te=Object.defineProperty;var Y=Object.getOwnPropertySymbols;var Le=Object.prototype.hasOwnProperty,Se=Object.prototype.propertyIsEnumerable;var Z=(e,t,n)=>t in e?Te(e,t,{enumerable:!0,configurable:!0,writable:!0,value:n}):e[t]=n,N=(e,t)=>{for(var n in t||(t={}))
Le.call(t,n)&&Z(e,n,t[n]);if(Y)for(var n of Y(t))Se.call(t,n)&&Z(e,n,t[n]);return e};function b(e){return e.answers.filter(t=>!t.saved)}function q(e){return b(e).filter(t=>!t.refused)}function ee(e,t){if(!e.
response)return null;if(t||e.response.submit)return b(e);let n=q(e);return n.length?n:null}function A(e,t){let n={};for(let r of e)
n[r.code]={fields:r.fields,at:Math.round(r.at)};return JSON.stringify({answers:n,submit:!!t})}function te(e,t){return Object.
assign({},e,{latest:Math.max(t+e.offset,e.latest+1)})}function ne(e,t,n){return!e||e.saved?{key:t.key,code:t.code,fields:n,
at:0,saved:!0}:null}function re(e,t,n){let r=Math.max(e.latest,t.latest);return Object.assign({},e,{offset:t.now-n,latest:r,
submit:!1})}function oe(e,t,n){return!e||e.at!==t.at?null:n.problems.some(o=>o.field!==void 0&&o.field in e.fields)?Object.
assign({},e,{refused:!0}):Object.assign({},e,{fields:n.answers[e.code]||e.fields,saved:!0})}var C=null;function Oe(){return C=C||Ce(),C}function Ce(){return new Promise((e,t)=>{let n=indexedDB.open("grille",1);n.
onupgradeneeded=()=>{n.result.createObjectStore("responses",{keyPath:"key"}),n.result.createObjectStore("answers",{keyPath:[
"key","code"]})},n.onsuccess=()=>{e(n.result)},n.onblocked=()=>{C=null,t(new Error("the store is blocked"))},n.onerror=()=>{
C=null,t(n.error)}})}function p(e,t,n="relaxed"){return Oe().then(r=>new Promise((o,s)=>{let i=r.transaction(["responses",
"answers"],e,{durability:n}),O=t(i.objectStore("responses"),i.objectStore("answers"));i.oncomplete=()=>{o(O)},i.onerror=
()=>{s(i.error)},i.onabort=i.onerror}))}function v(e,t,n){let r=e.get(t);r.onsuccess=()=>{n(r.result)}}function K(e,t,n,r){
let o=e.get([t,n]);o.onsuccess=()=>{r(o.result)}}function F(e){return IDBKeyRange.bound([e],[e,[]])}var E=class extends Error{constructor(t){super(`status ${t}`),this.status=t}};function m(e){return p("readonly",(t,n)=>{
let r={response:null,answers:[]};v(t,e,s=>{r.response=s||null});let o=n.getAll(F(e));return o.onsuccess=()=>{r.answers=o.
result},r})}function Me(){return p("readonly",e=>{let t=[],n=e.getAllKeys();return n.onsuccess=()=>{for(let r of n.result)
t.push(String(r))},t})}function M(e,t){return p("readwrite",n=>{v(n,e,r=>{n.put(Object.assign({offset:0,latest:0},r,{key:e},
t))})})}function k(e,t,n){return p("readwrite",(r,o)=>{v(r,e,s=>{if(s){r.put(Object.assign(s,{latest:Math.max(s.latest,n)}));
for(let i of Object.keys(t))K(o,e,i,O=>W(o,ne(O,{key:e,code:i},t[i]||{})))}})})}function se(e,t,n){return p("readwrite",
(r,o)=>{v(r,e,s=>{if(!s){r.transaction.abort();return}let i=te(s,Date.now());r.put(i),W(o,{key:e,code:t,fields:n,at:i.latest,
saved:!1})})},"strict")}function W(e,t){t&&e.put(t)}function x(e,t,n){return`/repondre/${e}/${t}${n||""}`}function ie(e,t){
return m(e).then(n=>{let r=ee(n,t);if(!r||!n.response)return null;let o=x(e,"envoi",n.response.wording);return Pe(o,A(r,
n.response.submit)).then(s=>Ae(e,r,s).then(()=>s))})}function Pe(e,t){return fetch(e,{method:"POST",headers:{Accept:"app\
lication/json","Content-Type":"application/json"},body:t,credentials:"same-origin",cache:"no-store"}).then(r=>{if(r.ok)return r.
json();throw new E(r.status)},()=>{throw new E(0)})}function Ae(e,t,n){return n.submitted?ae(e):p("readwrite",(r,o)=>{v(
r,e,s=>{s&&r.put(re(s,n,Date.now()))});for(let s of t)K(o,e,s.code,i=>W(o,oe(i,s,n)))})}function ae(e){return p("readwri\
te",(t,n)=>{t.delete(e),n.delete(F(e))}).then(()=>typeof caches!="undefined"&&caches.delete(`reponse-${e}`))}function ce(e){
return Me().then(t=>Promise.all(t.filter(n=>n!==e).map(ke)))}function ke(e){return m(e).then(t=>{var r;return((r=t.response)==
null?void 0:r.submit)||b(t).length>0?null:ae(e)})}function ue(e,t){let n=document.createElement("form"),r=document.createElement("textarea");n.method="post",n.action=x(e,
"non-enregistre",location.search),n.hidden=!0,r.name="answers",r.value=A(b(t)),n.appendChild(r),document.body.appendChild(
n),n.submit()}function le(e){let t=x(e,"trousse",location.search);return fetch(t,{headers:{Accept:"application/json"}}).then(n=>{if(!n.
ok)throw new Error("no kit");let r=n.headers.get("Content-Security-Policy")||"";return n.json().then(o=>He(e,o,r))})}function He(e,t,n){
let r={offset:t.now-Date.now(),latest:t.latest,pages:t.questions};return je(e,t,n).then(()=>M(e,r)).then(()=>k(e,t.answers,
t.latest))}function je(e,t,n){let r={"Content-Type":"text/html; charset=utf-8","Content-Security-Policy":n,"Referrer-Pol\
icy":"no-referrer"};return caches.open(`reponse-${e}`).then(o=>{let s=Object.keys(t.pages).map(i=>{let O=(t.pages[i]||"").
replace("<html","<html data-kept");return o.put(i,new Response(O,{headers:r}))});return Promise.all(s.concat(o.addAll(t.
files)))})}function l(e,t,n=document){let r=n.querySelector(e);return r instanceof t?r:null}function g(e,t,n=document){let r=l(e,t,
n);if(!r)throw new Error(`no ${e} in this page`);return r}function f(e,t,n=document){return Array.prototype.slice.call(n.
querySelectorAll(e)).filter(o=>o instanceof t)}function u(e,t){return e.dataset[t]||""}function fe(e,t){var n;for(let r of f(".error",HTMLElement,e))r.textContent="";for(let r of f("[aria-invalid]",HTMLElement,
e))r.removeAttribute("aria-invalid");for(let r of t){let o=document.getElementById(`${r.field}-erreur`);o&&(o.textContent=
r.sentence),(n=document.getElementById(r.field))==null||n.setAttribute("aria-invalid","true")}}function de(e){let t=l("[\
aria-invalid]",HTMLElement,e),n=t==null?void 0:t.closest("details");return n&&(n.open=!0),t==null||t.focus(),t!==null}function me(e){
window.addEventListener("beforeunload",t=>{e()&&(t.preventDefault(),t.returnValue="")})}function Be(e,t,n){e.classList.toggle("all",t>0&&t===n),e.classList.toggle("some",t>0&&t<n);let r=l("[data-answered]",HTMLElement,
e);r&&(r.textContent=String(t))}function H(e,t,n){for(let r of f(".step",HTMLButtonElement,e)){let o=t[r.value];o!==void 0&&
Be(r,o,(n[r.value]||[]).length)}}var a=g("form[data-latest]",HTMLFormElement),V=a.id==="page",w=document.documentElement.hasAttribute("data-kept"),J=g(".\
status",HTMLElement,a);function h(e,t){J.textContent=e,J.className=t?"status waiting alone":"status"}function j(){h(u(a,
navigator.onLine?"unreachable":"kept"),!0)}function he(){return J.classList.contains("waiting")}function y(){return f(".\
question",HTMLElement,a)}function _(e,t){let n={};for(let r of Object.keys(t)){let o=t[r]||[];n[r]=e.filter(s=>o.indexOf(
s.code)>=0&&s.fields[`q_${s.code}`]).length}H(a,n,t)}function pe(e){var n;(n=document.getElementById("elsewhere"))==null||
n.remove(),fe(a,e.filter(r=>r.field));let t=e.filter(r=>r.there&&!document.getElementById(r.field||""));t.length&&$e(t)}
function $e(e){var n;let t=document.createElement("div");t.id="elsewhere",t.className="problems",t.setAttribute("role","\
alert");for(let r of e){let o=document.createElement("a");o.href=r.there||"",o.textContent=r.said||r.sentence,t.appendChild(
document.createElement("p")).appendChild(o)}(n=a.parentElement)==null||n.insertBefore(t,a)}function ge(e){let t=Number(location.
pathname.split("/")[3]),n=location.search;return e==="lecture"?t+(n?"":"?lecture=facile"):e==="suite"?(t<Number(u(a,"pag\
es"))?t+1:"relecture")+n:e+n}function B(e){return f("input[name], select[name], textarea[name]",HTMLElement,e)}function U(e){return e instanceof HTMLInputElement&&
e.type==="radio"}function T(e){return e.id.replace("question-","")}function P(e){let t={};for(let n of B(e))!U(n)||n.checked?
t[n.name]=n.value:n.name in t||(t[n.name]="");return t}var we={};function $(e){we[T(e)]=JSON.stringify(P(e))}function xe(e){
return we[T(e)]!==JSON.stringify(P(e))}function be(e){return l("[aria-invalid]",HTMLElement,e)!==null||B(e).some(Re)}function Re(e){
return e instanceof HTMLSelectElement?Array.prototype.some.call(e.options,t=>t.defaultSelected!==t.selected&&t.value):U(
e)?e.checked!==e.defaultChecked:e.value!==e.defaultValue}function z(e,t){for(let r of B(e))Ie(r,t[r.name]||"");$(e);let n=l(
".clear",HTMLElement,e);n&&(n.hidden=!l("input[type=radio]:checked",HTMLInputElement,e));for(let r of f("details.comment",
HTMLDetailsElement,e))g("textarea",HTMLTextAreaElement,r).value&&(r.open=!0)}function Ie(e,t){U(e)?e.checked=t!==""&&e.value===
t:(e instanceof HTMLSelectElement||e!==document.activeElement||e.value===e.defaultValue)&&(e.value=t)}function G(e){for(let t of B(
e))if(t.hasAttribute("aria-invalid")){t.removeAttribute("aria-invalid");let n=document.getElementById(`${t.name}-erreur`);
n&&(n.textContent="")}}function ve(){let{serviceWorker:e}=navigator,t=new Promise(n=>{e.addEventListener("controllerchange",n),e.controller&&n(
null)});return e.register("/repondre/hors-connexion.js",{scope:"/repondre/"}).then(n=>t.then(()=>n))}function Ee(e,t){let n=JSON.parse(g("#labels",HTMLScriptElement).textContent||"{}");for(let r of t){let o=l(`.said[data-\
code="${r.code}"] dd`,HTMLElement);o&&Ne(o,r,De(n,r.code),u(e,"silence"))}g("main .lead",HTMLElement).textContent=u(e,"o\
wn")}function De(e,t){return N(N({},e),e[t]||{})}function Ne(e,t,n,r){for(let o of f("b, span:not(.unseen), q",HTMLElement,
e))o.remove();qe(e,n[t.fields[`q_${t.code}`]||""],r),Ke(e,t,n)}function qe(e,t,n){let r=document.createElement(t?"b":"sp\
an");r.className=t?"":"none",r.textContent=t||n,e.insertBefore(r,e.firstChild)}function Ke(e,t,n){for(let r of Object.keys(
t.fields)){let o=t.fields[r];if(r!==`q_${t.code}`&&o){let s=r.split(":")[1]==="before",i=e.appendChild(document.createElement(
s?"span":"q"));i.textContent=s?`${n.before} ${n[o]}`:o}}}var R=class{constructor(t,n){this.first=t,this.longest=n,this.delay=0}next(){return this.delay=Math.min(this.longest,this.
delay?this.delay*2:this.first),this.delay}reset(){this.delay=0}get failing(){return this.delay>0}};var I=class{constructor(t,n,r,o){this.key=t,this.registration=n,this.listener=r,this.asking=o,this.failing=o,this.patience=
new R(2e3,3e4),this.current=null,this.timer=void 0}sync(){if(this.current)return this.current.more=!0,this.current.done;
clearTimeout(this.timer);let t={more:!1,done:Promise.resolve(null)};return this.current=t,t.done=ie(this.key,this.asking).
then(n=>(this.current=null,n?this.heard(n,t.more):this.nothingToSend(t.more)),n=>(this.current=null,this.failed(n,t.more))),
t.done}heard(t,n){return this.failing=!1,this.asking=n&&!t.submitted,this.patience.reset(),this.listener.heard(t,n),this.
asking?this.sync():t}nothingToSend(t){return m(this.key).then(n=>n.response?(this.asking=t||this.listener.isWaiting(),this.
asking?this.sync():null):(this.listener.gone(),null))}failed(t,n){var o;if(t instanceof E&&[404,409,410].indexOf(t.status)>=
0)return m(this.key).then(s=>(this.listener.refused(s),null));this.failing=!0,this.listener.failed();let r=this.patience.
next();return this.timer=window.setTimeout(()=>this.sync(),n?0:r),(o=this.registration.sync)==null||o.register("envoi").
catch(()=>{}),Promise.resolve(null)}};var Fe=5e3,d=location.pathname.split("/")[2]||"",D={},L=0,S=null,Q=Promise.resolve(),c;function We(e,t){if(e.submitted){
location.assign(e.end);return}pe(e.problems),!t&&V?Je(e):t||h("",!1)}function Je(e){if(H(a,e.steps,D),S===null&&(h(e.status,
e.problems.length>0),!e.problems.length))for(let t of y()){let n=e.answers[T(t)];n&&z(t,n)}}var Ve={heard:We,failed:j,gone:()=>{
location.assign(x(d,"fin",location.search))},isWaiting:he,refused:e=>{L=0,ue(d,e)}};function ye(e){return G(e),X(e).then(
()=>c.sync())}function _e(e){G(e),h(u(a,"unsaved"),!0),clearTimeout(S||void 0),S=window.setTimeout(ye,800,e)}function Ue(){
return Promise.all([Q].concat(y().filter(xe).map(X)))}function X(e){return L+=1,clearTimeout(S||void 0),S=null,$(e),Q=se(
d,T(e),P(e)).then(()=>{L-=1,c.failing||!navigator.onLine?j():h(u(a,"saving"),!0),m(d).then(t=>{_(t.answers,D)})},()=>{ze(
e)}),Q}function ze(e){L=0,window.keptAnswers=null,e.dispatchEvent(new Event("change",{bubbles:!0}))}function Ge(e){let t=ge(
e.value),n=c.failing||!navigator.onLine?0:Fe,r=new Promise(o=>{setTimeout(o,n)});Ue().then(()=>(l("[aria-invalid]",HTMLElement,
a)&&(c.asking=!0),Promise.race([c.sync(),r]))).then(()=>{!de(a)&&!L&&location.assign(t)})}function Qe(e){e.preventDefault(),
M(d,{submit:!0}).then(()=>c.sync()).then(t=>{c.failing?h(u(a,"later"),!0):t&&!t.submitted&&!t.problems.length&&a.submit()})}
function Xe(){return ce(d).then(()=>m(d)).then(e=>{var t;return(t=e.response)!=null&&t.pages?e:le(d).then(()=>m(d))}).then(
e=>{var t;return D=((t=e.response)==null?void 0:t.pages)||{},M(d,{wording:location.search}).then(()=>{Ye(e)})})}function Ye(e){
var n;let t=e.answers.filter(r=>w||!r.saved);V?Ze(e,t):tt(e,t),window.addEventListener("online",()=>{c.patience.reset(),
c.sync()}),document.addEventListener("visibilitychange",()=>{!document.hidden&&c.failing&&c.sync()}),me(()=>L>0||S!==null),
w&&j(),(w||(n=e.response)!=null&&n.submit||q(e).length)&&c.sync()}function Ze(e,t){let n=w?[]:y().filter(be);y().forEach(
$),k(d,et(t,n),Number(u(a,"latest"))),(w||t.length)&&_(e.answers,D),t.some(r=>!r.saved)&&(c.asking=!0,h(u(a,"saving"),!0),
c.sync()),window.keptAnswers={changed:ye,typed:_e,leave:Ge},n.length&&Promise.all(n.map(X)).then(()=>c.sync())}function et(e,t){
let n={};for(let r of y().filter(o=>t.indexOf(o)<0)){let o=T(r),s=e.filter(i=>i.code===o)[0];s||w?z(r,s?s.fields:{}):n[o]=
P(r)}return n}function tt(e,t){var n;t.length&&Ee(a,t),a.addEventListener("submit",Qe),(n=e.response)!=null&&n.submit&&h(
u(a,"later"),!0)}ve().then(e=>(c=new I(d,e,Ve,w),Xe())).then(()=>{a.setAttribute("data-ready","")}).catch(()=>{});})();
