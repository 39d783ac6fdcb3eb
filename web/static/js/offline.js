"use strict";(()=>{var Oe=Object.defineProperty;var te=Object.getOwnPropertySymbols;var Pe=Object.prototype.hasOwnProperty,Ae=Object.prototype.propertyIsEnumerable;var ne=(e,t,n)=>t in e?Oe(e,t,{enumerable:!0,configurable:!0,writable:!0,value:n}):e[t]=n,q=(e,t)=>{for(var n in t||(t={}))
Pe.call(t,n)&&ne(e,n,t[n]);if(te)for(var n of te(t))Ae.call(t,n)&&ne(e,n,t[n]);return e};function E(e){return e.answers.filter(t=>!t.saved)}function D(e){return E(e).filter(t=>!t.refused)}function re(e,t){if(!e.
response)return null;if(t||e.response.submit||e.response.handed)return E(e);let n=D(e);return n.length?n:null}function M(e,t){
let n={};for(let r of e)n[r.code]={fields:r.fields,at:Math.round(r.at)};return JSON.stringify({answers:n,submit:!!(t!=null&&
t.submit),handed:!!(t!=null&&t.handed)})}function oe(e,t){return Object.assign({},e,{latest:Math.max(t+e.offset,e.latest+
1)})}function se(e,t,n){return!e||e.saved?{key:t.key,code:t.code,fields:n,at:0,saved:!0}:null}function ie(e,t,n){let r=Math.
max(e.latest,t.latest);return Object.assign({},e,{offset:t.now-n,latest:r,submit:!1})}function ae(e,t,n){return!e||e.at!==
t.at?null:n.problems.some(o=>o.field!==void 0&&o.field in e.fields)?Object.assign({},e,{refused:!0}):Object.assign({},e,
{fields:n.answers[e.code]||e.fields,saved:!0})}var A=null;function Ce(){return A=A||Me(),A}function Me(){return new Promise((e,t)=>{let n=indexedDB.open("grille",1);n.
onupgradeneeded=()=>{n.result.createObjectStore("responses",{keyPath:"key"}),n.result.createObjectStore("answers",{keyPath:[
"key","code"]})},n.onsuccess=()=>{e(n.result)},n.onblocked=()=>{A=null,t(new Error("the store is blocked"))},n.onerror=()=>{
A=null,t(n.error)}})}function g(e,t,n="relaxed"){return Ce().then(r=>new Promise((o,s)=>{let i=r.transaction(["responses",
"answers"],e,{durability:n}),p=t(i.objectStore("responses"),i.objectStore("answers"));i.oncomplete=()=>{o(p)},i.onerror=
()=>{s(i.error)},i.onabort=i.onerror}))}function y(e,t,n){let r=e.get(t);r.onsuccess=()=>{n(r.result)}}function K(e,t,n,r){
let o=e.get([t,n]);o.onsuccess=()=>{r(o.result)}}function F(e){return IDBKeyRange.bound([e],[e,[]])}var b=class extends Error{constructor(t){super(`status ${t}`),this.status=t}};function m(e){return g("readonly",(t,n)=>{
let r={response:null,answers:[]};y(t,e,s=>{r.response=s||null});let o=n.getAll(F(e));return o.onsuccess=()=>{r.answers=o.
result},r})}function He(){return g("readonly",e=>{let t=[],n=e.getAllKeys();return n.onsuccess=()=>{for(let r of n.result)
t.push(String(r))},t})}function T(e,t){return g("readwrite",n=>{y(n,e,r=>{n.put(Object.assign({offset:0,latest:0},r,{key:e},
t))})})}function H(e,t,n){return g("readwrite",(r,o)=>{y(r,e,s=>{if(s){r.put(Object.assign(s,{latest:Math.max(s.latest,n)}));
for(let i of Object.keys(t))K(o,e,i,p=>J(o,se(p,{key:e,code:i},t[i]||{})))}})})}function ce(e,t,n){return g("readwrite",
(r,o)=>{y(r,e,s=>{if(!s){r.transaction.abort();return}let i=oe(s,Date.now());r.put(i),J(o,{key:e,code:t,fields:n,at:i.latest,
saved:!1})})},"strict")}function J(e,t){t&&e.put(t)}function x(e,t,n){return`/repondre/${e}/${t}${n||""}`}function W(e,t){
return m(e).then(n=>{let r=re(n,t);if(!r||!n.response)return null;let{response:o}=n,s=x(e,"envoi",o.wording);return ke(e,
o).then(()=>ue(s,M(r,o))).then(i=>$e(e,r,i,o).then(()=>i))})}function ke(e,t){let{start:n}=t;if(!n)return Promise.resolve();
let r=JSON.stringify({nonce:n.nonce,college:n.college});return ue(x(n.token,"depart"),r).then(()=>T(e,{start:null}))}function ue(e,t){
return fetch(e,{method:"POST",headers:{Accept:"application/json","Content-Type":"application/json"},body:t,credentials:"\
same-origin",cache:"no-store"}).then(r=>{if(r.ok)return r.json();throw new b(r.status)},()=>{throw new b(0)})}function $e(e,t,n,r){
return n.submitted&&r.campaign&&!r.lent&&Be(r.campaign),n.submitted||r.handed?_(e):g("readwrite",(o,s)=>{y(o,e,i=>{i&&o.
put(ie(i,n,Date.now()))});for(let i of t)K(s,e,i.code,p=>J(s,ae(p,i,n)))})}function _(e){return g("readwrite",(t,n)=>{t.
delete(e),n.delete(F(e))}).then(()=>typeof caches!="undefined"&&caches.delete(`reponse-${e}`))}var je="reponses-envoyees";
function Be(e){return caches.open(je).then(t=>t.put(`/repondre/envoyee/${e}`,new Response("")))}function le(e){return He().then(t=>Promise.all(t.filter(n=>n!==e).map(Re)))}function Re(e){return m(e).then(t=>{var r,o,
s;return(r=t.response)!=null&&r.handed?Ne(e):((o=t.response)==null?void 0:o.submit)||((s=t.response)==null?void 0:s.start)||
E(t).length>0?null:_(e)})}function Ne(e){return W(e).catch(t=>t instanceof b&&[404,409,410].indexOf(t.status)>=0?_(e):null)}function fe(e,t){let n=document.createElement("form"),r=document.createElement("textarea");n.method="post",n.action=x(e,
"non-enregistre",location.search),n.hidden=!0,r.name="answers",r.value=M(E(t)),n.appendChild(r),document.body.appendChild(
n),n.submit()}function de(e){let t=x(e,"trousse",location.search);return fetch(t,{headers:{Accept:"application/json"}}).then(n=>{if(!n.
ok)throw new Error("no kit");let r=n.headers.get("Content-Security-Policy")||"";return n.json().then(o=>Ie(e,o,r))})}function Ie(e,t,n){
let{campaign:r,lent:o}=t,s={offset:t.now-Date.now(),latest:t.latest,pages:t.questions,campaign:r,lent:o};return qe(`repo\
nse-${e}`,t.pages,t.files,n).then(()=>T(e,s)).then(()=>H(e,t.answers,t.latest))}function qe(e,t,n,r){let o={"Content-Typ\
e":"text/html; charset=utf-8","Content-Security-Policy":r,"Referrer-Policy":"no-referrer"};return caches.open(e).then(s=>{
let i=Object.keys(t).map(p=>{let Le=(t[p]||"").replace("<html","<html data-kept");return s.put(p,new Response(Le,{headers:o}))});
return Promise.all(i.concat(s.addAll(n)))})}function l(e,t,n=document){let r=n.querySelector(e);return r instanceof t?r:null}function w(e,t,n=document){let r=l(e,t,
n);if(!r)throw new Error(`no ${e} in this page`);return r}function f(e,t,n=document){return Array.prototype.slice.call(n.
querySelectorAll(e)).filter(o=>o instanceof t)}function u(e,t){return e.dataset[t]||""}function me(e,t){var n;for(let r of f(".error",HTMLElement,e))r.textContent="";for(let r of f("[aria-invalid]",HTMLElement,
e))r.removeAttribute("aria-invalid");for(let r of t){let o=document.getElementById(`${r.field}-erreur`);o&&(o.textContent=
r.sentence),(n=document.getElementById(r.field))==null||n.setAttribute("aria-invalid","true")}}function he(e){let t=l("[\
aria-invalid]",HTMLElement,e),n=t==null?void 0:t.closest("details");return n&&(n.open=!0),t==null||t.focus(),t!==null}function pe(e){
window.addEventListener("beforeunload",t=>{e()&&(t.preventDefault(),t.returnValue="")})}function De(e,t,n){e.classList.toggle("all",t>0&&t===n),e.classList.toggle("some",t>0&&t<n);let r=l("[data-answered]",HTMLElement,
e);r&&(r.textContent=String(t))}function k(e,t,n){for(let r of f(".step",HTMLButtonElement,e)){let o=t[r.value];o!==void 0&&
De(r,o,(n[r.value]||[]).length)}}var a=w("form[data-latest]",HTMLFormElement),U=a.id==="page",v=document.documentElement.hasAttribute("data-kept"),V=w(".\
status",HTMLElement,a);function h(e,t){V.textContent=e,V.className=t?"status waiting alone":"status"}function $(){h(u(a,
navigator.onLine?"unreachable":"kept"),!0)}function ge(){return V.classList.contains("waiting")}function S(){return f(".\
question",HTMLElement,a)}function Ke(e){return!!(e.fields[`q_${e.code}`]||e.fields[`q_${e.code}:text`])}function z(e,t){
let n={};for(let r of Object.keys(t)){let o=t[r]||[];n[r]=e.filter(s=>o.indexOf(s.code)>=0&&Ke(s)).length}k(a,n,t)}function xe(e){
var n;(n=document.getElementById("elsewhere"))==null||n.remove(),me(a,e.filter(r=>r.field));let t=e.filter(r=>r.there&&!document.
getElementById(r.field||""));t.length&&Fe(t)}function Fe(e){var n;let t=document.createElement("div");t.id="elsewhere",t.
className="problems",t.setAttribute("role","alert");for(let r of e){let o=document.createElement("a");o.href=r.there||"",
o.textContent=r.said||r.sentence,t.appendChild(document.createElement("p")).appendChild(o)}(n=a.parentElement)==null||n.
insertBefore(t,a)}function we(e){let t=Number(location.pathname.split("/")[3]),n=location.search;return e==="lecture"?t+
(n?"":"?lecture=facile"):e==="suite"?(t<Number(u(a,"pages"))?t+1:"relecture")+n:e+n}function j(e){return f("input[name], select[name], textarea[name]",HTMLElement,e)}function G(e){return e instanceof HTMLInputElement&&
(e.type==="radio"||e.type==="checkbox")}function L(e){return e.id.replace("question-","")}function C(e){let t={};for(let n of j(
e))!G(n)||n.checked?t[n.name]=n.value:n.name in t||(t[n.name]="");return t}var ve={};function B(e){ve[L(e)]=JSON.stringify(
C(e))}function be(e){return ve[L(e)]!==JSON.stringify(C(e))}function Ee(e){return l("[aria-invalid]",HTMLElement,e)!==null||
j(e).some(Je)}function Je(e){return e instanceof HTMLSelectElement?Array.prototype.some.call(e.options,t=>t.defaultSelected!==
t.selected&&t.value):G(e)?e.checked!==e.defaultChecked:e.value!==e.defaultValue}function Q(e,t){for(let r of j(e))We(r,t[r.
name]||"");B(e);let n=l(".clear",HTMLElement,e);n&&(n.hidden=!l("input[type=radio]:checked",HTMLInputElement,e));for(let r of f(
"details.comment",HTMLDetailsElement,e))w("textarea",HTMLTextAreaElement,r).value&&(r.open=!0)}function We(e,t){G(e)?e.checked=
t!==""&&e.value===t:(e instanceof HTMLSelectElement||e!==document.activeElement||e.value===e.defaultValue)&&(e.value=t)}
function X(e){for(let t of j(e))if(t.hasAttribute("aria-invalid")){t.removeAttribute("aria-invalid");let n=document.getElementById(
`${t.name}-erreur`);n&&(n.textContent="")}}function ye(){let{serviceWorker:e}=navigator,t=new Promise(n=>{e.addEventListener("controllerchange",n),e.controller&&n(
null)});return e.register("/repondre/hors-connexion.js",{scope:"/repondre/"}).then(n=>t.then(()=>n))}function Te(e,t){let n=JSON.parse(w("#labels",HTMLScriptElement).textContent||"{}");for(let r of t){let o=l(`.said[data-\
code="${r.code}"] dd`,HTMLElement);o&&Ve(o,r,_e(n,r.code),u(e,"silence"))}w("main .lead",HTMLElement).textContent=u(e,"o\
wn")}function _e(e,t){return q(q({},e),e[t]||{})}function Ve(e,t,n,r){for(let o of f("b, span:not(.unseen), q",HTMLElement,
e))o.remove();t.fields[`q_${t.code}:text`]||Ue(e,n[t.fields[`q_${t.code}`]||""],r),ze(e,t,n)}function Ue(e,t,n){let r=document.
createElement(t?"b":"span");r.className=t?"":"none",r.textContent=t||n,e.insertBefore(r,e.firstChild)}function ze(e,t,n){
let r=o=>t.fields[`q_${t.code}:${o}`]||"";Y(e,"span",r("before")&&`${n.before} ${n[r("before")]}`);for(let o of["reason",
"comment","text"])Y(e,"q",r(o));Y(e,"span",r("comment")&&r("quote")&&(n.quote||""))}function Y(e,t,n){if(n){let r=e.appendChild(
document.createElement(t));r.className=t==="span"?"then":"",r.textContent=n}}var R=class{constructor(t,n){this.first=t,this.longest=n,this.delay=0}next(){return this.delay=Math.min(this.longest,this.
delay?this.delay*2:this.first),this.delay}reset(){this.delay=0}get failing(){return this.delay>0}};var N=class{constructor(t,n,r,o){this.key=t,this.registration=n,this.listener=r,this.asking=o,this.failing=o,this.patience=
new R(2e3,3e4),this.current=null,this.timer=void 0}sync(){if(this.current)return this.current.more=!0,this.current.done;
clearTimeout(this.timer);let t={more:!1,done:Promise.resolve(null)};return this.current=t,t.done=W(this.key,this.asking).
then(n=>(this.current=null,n?this.heard(n,t.more):this.nothingToSend(t.more)),n=>(this.current=null,this.failed(n,t.more))),
t.done}heard(t,n){return this.failing=!1,this.asking=n&&!t.submitted,this.patience.reset(),this.listener.heard(t,n),this.
asking?this.sync():t}nothingToSend(t){return m(this.key).then(n=>n.response?(this.asking=t||this.listener.isWaiting(),this.
asking?this.sync():null):(this.listener.gone(),null))}failed(t,n){var o;if(t instanceof b&&[404,409,410].indexOf(t.status)>=
0)return m(this.key).then(s=>(this.listener.refused(s),null));this.failing=!0,this.listener.failed();let r=this.patience.
next();return this.timer=window.setTimeout(()=>this.sync(),n?0:r),(o=this.registration.sync)==null||o.register("envoi").
catch(()=>{}),Promise.resolve(null)}};var Ge=5e3,d=location.pathname.split("/")[2]||"",I={},O=0,P=null,Z=Promise.resolve(),c;function Qe(e,t){if(e.submitted){
location.assign(e.end);return}xe(e.problems),!t&&U?Xe(e):t||h("",!1)}function Xe(e){if(k(a,e.steps,I),P===null&&(h(e.status,
e.problems.length>0),!e.problems.length))for(let t of S()){let n=e.answers[L(t)];n&&Q(t,n)}}var Ye={heard:Qe,failed:$,gone:()=>{
location.assign(x(d,"fin",location.search))},isWaiting:ge,refused:e=>{O=0,fe(d,e)}};function Se(e){return X(e),ee(e).then(
()=>c.sync())}function Ze(e){X(e),h(u(a,"unsaved"),!0),clearTimeout(P||void 0),P=window.setTimeout(Se,800,e)}function et(){
return Promise.all([Z].concat(S().filter(be).map(ee)))}function ee(e){return O+=1,clearTimeout(P||void 0),P=null,B(e),Z=
ce(d,L(e),C(e)).then(()=>{O-=1,c.failing||!navigator.onLine?$():h(u(a,"saving"),!0),m(d).then(t=>{z(t.answers,I)})},()=>{
tt(e)}),Z}function tt(e){O=0,window.keptAnswers=null,e.dispatchEvent(new Event("change",{bubbles:!0}))}function nt(e){let t=we(
e.value),n=c.failing||!navigator.onLine?0:Ge,r=new Promise(o=>{setTimeout(o,n)});et().then(()=>(l("[aria-invalid]",HTMLElement,
a)&&(c.asking=!0),Promise.race([c.sync(),r]))).then(()=>{!he(a)&&!O&&location.assign(t)})}function rt(e){e.preventDefault(),
T(d,{submit:!0}).then(()=>c.sync()).then(t=>{c.failing?h(u(a,"later"),!0):t&&!t.submitted&&!t.problems.length&&a.submit()})}
function ot(){return le(d).then(()=>m(d)).then(e=>{var t;return(t=e.response)!=null&&t.pages?e:de(d).then(()=>m(d))}).then(
e=>{var t;return I=((t=e.response)==null?void 0:t.pages)||{},T(d,{wording:location.search,place:location.href}).then(()=>{
st(e)})})}function st(e){var n;let t=e.answers.filter(r=>v||!r.saved);U?it(e,t):ct(e,t),window.addEventListener("online",
()=>{c.patience.reset(),c.sync()}),document.addEventListener("visibilitychange",()=>{!document.hidden&&c.failing&&c.sync()}),
pe(()=>O>0||P!==null),v&&$(),(v||(n=e.response)!=null&&n.submit||D(e).length)&&c.sync()}function it(e,t){let n=v?[]:S().
filter(Ee);S().forEach(B),H(d,at(t,n),Number(u(a,"latest"))),(v||t.length)&&z(e.answers,I),t.some(r=>!r.saved)&&(c.asking=
!0,h(u(a,"saving"),!0),c.sync()),window.keptAnswers={changed:Se,typed:Ze,leave:nt},n.length&&Promise.all(n.map(ee)).then(
()=>c.sync())}function at(e,t){let n={};for(let r of S().filter(o=>t.indexOf(o)<0)){let o=L(r),s=e.filter(i=>i.code===o)[0];
s||v?Q(r,s?s.fields:{}):n[o]=C(r)}return n}function ct(e,t){var n;t.length&&Te(a,t),a.addEventListener("submit",rt),(n=e.
response)!=null&&n.submit&&h(u(a,"later"),!0)}ye().then(e=>(c=new N(d,e,Ye,v),ot())).then(()=>{a.setAttribute("data-read\
y","")}).catch(()=>{});})();
