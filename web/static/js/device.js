"use strict";(()=>{function p(e,t,n=document){let r=n.querySelector(e);return r instanceof t?r:null}function T(e,t,n=document){let r=p(e,t,
n);if(!r)throw new Error(`no ${e} in this page`);return r}function l(e,t){return e.dataset[t]||""}function g(e){let{submitter:t}=e;return t instanceof HTMLButtonElement?t:null}function y(e){return e.answers.filter(t=>!t.saved)}function I(e){return y(e).filter(t=>!t.refused)}function $(e,t){if(!e.
response)return null;if(t||e.response.submit||e.response.handed)return y(e);let n=I(e);return n.length?n:null}function B(e,t){
let n={};for(let r of e)n[r.code]={fields:r.fields,at:Math.round(r.at)};return JSON.stringify({answers:n,submit:!!(t!=null&&
t.submit),handed:!!(t!=null&&t.handed)})}function L(e,t,n){let r=Math.max(e.latest,t.latest);return Object.assign({},e,{offset:t.now-n,latest:r,submit:!1})}function D(e,t,n){
return!e||e.at!==t.at?null:n.problems.some(o=>o.field!==void 0&&o.field in e.fields)?Object.assign({},e,{refused:!0}):Object.
assign({},e,{fields:n.answers[e.code]||e.fields,saved:!0})}var m=null;function J(){return m=m||W(),m}function W(){return new Promise((e,t)=>{let n=indexedDB.open("grille",1);n.onupgradeneeded=
()=>{n.result.createObjectStore("responses",{keyPath:"key"}),n.result.createObjectStore("answers",{keyPath:["key","code"]})},
n.onsuccess=()=>{e(n.result)},n.onblocked=()=>{m=null,t(new Error("the store is blocked"))},n.onerror=()=>{m=null,t(n.error)}})}
function d(e,t,n="relaxed"){return J().then(r=>new Promise((o,s)=>{let i=r.transaction(["responses","answers"],e,{durability:n}),
c=t(i.objectStore("responses"),i.objectStore("answers"));i.oncomplete=()=>{o(c)},i.onerror=()=>{s(i.error)},i.onabort=i.
onerror}))}function w(e,t,n){let r=e.get(t);r.onsuccess=()=>{n(r.result)}}function q(e,t,n,r){let o=e.get([t,n]);o.onsuccess=
()=>{r(o.result)}}function j(e){return IDBKeyRange.bound([e],[e,[]])}var u=class extends Error{constructor(t){super(`status ${t}`),this.status=t}};function x(e){return d("readonly",(t,n)=>{
let r={response:null,answers:[]};w(t,e,s=>{r.response=s||null});let o=n.getAll(j(e));return o.onsuccess=()=>{r.answers=o.
result},r})}function U(){return d("readonly",e=>{let t=[],n=e.getAllKeys();return n.onsuccess=()=>{for(let r of n.result)
t.push(String(r))},t})}function f(e,t){return d("readwrite",n=>{w(n,e,r=>{n.put(Object.assign({offset:0,latest:0},r,{key:e},
t))})})}function _(e,t){t&&e.put(t)}function a(e,t,n){return`/repondre/${e}/${t}${n||""}`}function V(e,t){return x(e).then(n=>{let r=$(
n,t);if(!r||!n.response)return null;let{response:o}=n,s=a(e,"envoi",o.wording);return z(e,o).then(()=>b(s,B(r,o))).then(
i=>G(e,r,i,o).then(()=>i))})}function z(e,t){let{start:n}=t;if(!n)return Promise.resolve();let r=JSON.stringify({nonce:n.
nonce,college:n.college});return b(a(n.token,"depart"),r).then(()=>f(e,{start:null}))}function b(e,t){return fetch(e,{method:"\
POST",headers:{Accept:"application/json","Content-Type":"application/json"},body:t,credentials:"same-origin",cache:"no-s\
tore"}).then(r=>{if(r.ok)return r.json();throw new u(r.status)},()=>{throw new u(0)})}function G(e,t,n,r){return n.submitted&&
r.campaign&&!r.lent&&X(r.campaign),n.submitted||r.handed?C(e):d("readwrite",(o,s)=>{w(o,e,i=>{i&&o.put(L(i,n,Date.now()))});
for(let i of t)q(s,e,i.code,c=>_(s,D(c,i,n)))})}function C(e){return d("readwrite",(t,n)=>{t.delete(e),n.delete(j(e))}).
then(()=>typeof caches!="undefined"&&caches.delete(`reponse-${e}`))}var Q="reponses-envoyees";function X(e){return caches.
open(Q).then(t=>t.put(`/repondre/envoyee/${e}`,new Response("")))}function R(){return U().then(e=>Promise.all(e.map(t=>x(t).then(n=>{var r;return(r=n.response)!=null&&r.handed?A(t):Promise.
resolve(null)}))))}function A(e){return V(e).catch(t=>t instanceof u&&[404,409,410].indexOf(t.status)>=0?C(e):null)}function E(e,t,n,r){let o={"Content-Type":"text/html; charset=utf-8","Content-Security-Policy":r,"Referrer-Policy":"no-r\
eferrer"};return caches.open(e).then(s=>{let i=Object.keys(t).map(c=>{let K=(t[c]||"").replace("<html","<html data-kept");
return s.put(c,new Response(K,{headers:o}))});return Promise.all(i.concat(s.addAll(n)))})}function M(){let{serviceWorker:e}=navigator,t=new Promise(n=>{e.addEventListener("controllerchange",n),e.controller&&n(null)});
return e.register("/repondre/hors-connexion.js",{scope:"/repondre/"}).then(n=>t.then(()=>n))}var Y=5e3;function H(e){let t=a(e,"pret");return M().then(()=>fetch(t,{headers:{Accept:"application/json"}})).then(n=>{if(!n.
ok)throw new Error("no kit");let r=n.headers.get("Content-Security-Policy")||"";return n.json().then(o=>{let s=`pret-${e}`,
i=JSON.stringify({kit:o,policy:r,offset:o.now-Date.now()});return E(s,o.pages,o.files,r).then(()=>caches.open(s)).then(c=>c.
put(t,new Response(i)))})})}function Z(e,t){let n=new TextEncoder().encode(`${e}\0${t}`);return crypto.subtle.digest("SH\
A-256",n).then(r=>N(new Uint8Array(r).subarray(0,16)))}function k(){return N(crypto.getRandomValues(new Uint8Array(16)))}
function N(e){let t=Array.prototype.map.call(e,n=>String.fromCharCode(n)).join("");return btoa(t).replace(/\+/g,"-").replace(
/\//g,"_").replace(/=+$/,"")}var v=class{constructor(t){this.token=l(t,"lent"),this.isBeginning=!1}begin(t){var o;let n=(o=
g(t))==null?void 0:o.value;if(!n||(t.preventDefault(),this.isBeginning))return;this.isBeginning=!0;let r={token:this.token,
nonce:k(),college:n};this.beginThere(r).catch(s=>this.beginHere(r,s)).then(s=>location.assign(a(s,"1")),()=>location.reload())}beginThere(t){
let n=new Promise((o,s)=>{setTimeout(s,Y,new u(0))}),r=JSON.stringify({nonce:t.nonce,college:t.college});return Promise.
race([b(a(this.token,"depart"),r),n]).then(o=>String(o.key))}beginHere(t,n){return n instanceof u&&n.status&&n.status<500&&
n.status!==429?Promise.reject(n):caches.match(a(this.token,"pret")).then(r=>r==null?void 0:r.json()).then(r=>Z(t.nonce,r.
kit.campaign).then(o=>ee(o,r,t)))}};function ee(e,t,n){let{kit:r,policy:o,offset:s}=t,i=r.colleges[n.college]||{pages:{},
questions:{}},c={offset:s,pages:i.questions,campaign:r.campaign,lent:n.token,start:n};return E(`reponse-${e}`,te(e,r,i),
r.files,o).then(()=>f(e,c)).then(()=>e)}function te(e,t,n){let r={};for(let o of Object.keys(n.pages))r[a(e,o)]=(n.pages[o]||
"").split(t.placeholder).join(e);return r}function O(){try{return!!(window.indexedDB&&window.caches&&navigator.serviceWorker)}catch(e){return!1}}function F(){window.
addEventListener("pageshow",e=>{e.persisted&&location.reload()})}var ne=5e3,P=p("form[data-return]",HTMLFormElement),h=p("form[data-lent]",HTMLFormElement),S=p("a[data-here]",HTMLAnchorElement);
function re(e,t){let n=l(e,"return"),r=`/repondre/${T("[name=lien]",HTMLInputElement,e).value}?appareil=rendu`,o=new Promise(
s=>{setTimeout(s,ne)});f(n,t?{handed:!0,submit:t}:{handed:!0}).then(()=>caches.delete(`reponse-${n}`)).then(()=>Promise.
race([A(n),o])).then(()=>location.replace(r),()=>e.submit())}P&&O()&&P.addEventListener("submit",e=>{var t;e.preventDefault(),
re(P,((t=g(e))==null?void 0:t.name)==="envoyer")});if(h&&O()){let e=new v(h),t=()=>R().then(()=>h.setAttribute("data-set\
tled",""));window.addEventListener("online",t),t(),h.addEventListener("submit",n=>e.begin(n)),H(l(h,"lent")).then(()=>h.
setAttribute("data-ready",""),()=>{})}S&&x(l(S,"here")).then(e=>{var t;S.href=((t=e.response)==null?void 0:t.place)||S.href});
F();})();
