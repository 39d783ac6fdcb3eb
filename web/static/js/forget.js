"use strict";(()=>{function u(t){return t.answers.filter(n=>!n.saved)}function M(t){return u(t).filter(n=>!n.refused)}function v(t,n){if(!t.
response)return null;if(n||t.response.submit||t.response.handed)return u(t);let e=M(t);return e.length?e:null}function l(t,n){
let e={};for(let r of t)e[r.code]={fields:r.fields,at:Math.round(r.at)};return JSON.stringify({answers:e,submit:!!(n!=null&&
n.submit),handed:!!(n!=null&&n.handed)})}function S(t,n,e){let r=Math.max(t.latest,n.latest);return Object.assign({},t,{offset:n.now-e,latest:r,submit:!1})}function O(t,n,e){
return!t||t.at!==n.at?null:e.problems.some(o=>o.field!==void 0&&o.field in t.fields)?Object.assign({},t,{refused:!0}):Object.
assign({},t,{fields:e.answers[t.code]||t.fields,saved:!0})}var d=null;function R(){return d=d||T(),d}function T(){return new Promise((t,n)=>{let e=indexedDB.open("grille",1);e.onupgradeneeded=
()=>{e.result.createObjectStore("responses",{keyPath:"key"}),e.result.createObjectStore("answers",{keyPath:["key","code"]})},
e.onsuccess=()=>{t(e.result)},e.onblocked=()=>{d=null,n(new Error("the store is blocked"))},e.onerror=()=>{d=null,n(e.error)}})}
function f(t,n,e="relaxed"){return R().then(r=>new Promise((o,a)=>{let s=r.transaction(["responses","answers"],t,{durability:e}),
g=n(s.objectStore("responses"),s.objectStore("answers"));s.oncomplete=()=>{o(g)},s.onerror=()=>{a(s.error)},s.onabort=s.
onerror}))}function h(t,n,e){let r=t.get(n);r.onsuccess=()=>{e(r.result)}}function j(t,n,e,r){let o=t.get([n,e]);o.onsuccess=
()=>{r(o.result)}}function x(t){return IDBKeyRange.bound([t],[t,[]])}var c=class extends Error{constructor(n){super(`status ${n}`),this.status=n}};function w(t){return f("readonly",(n,e)=>{
let r={response:null,answers:[]};h(n,t,a=>{r.response=a||null});let o=e.getAll(x(t));return o.onsuccess=()=>{r.answers=o.
result},r})}function K(t,n){return f("readwrite",e=>{h(e,t,r=>{e.put(Object.assign({offset:0,latest:0},r,{key:t},n))})})}function C(t,n){n&&t.put(n)}function m(t,n,e){return`/repondre/${t}/${n}${e||""}`}function E(t,n){return w(t).then(e=>{let r=v(
e,n);if(!r||!e.response)return null;let{response:o}=e,a=m(t,"envoi",o.wording);return L(t,o).then(()=>B(a,l(r,o))).then(
s=>N(t,r,s,o).then(()=>s))})}function L(t,n){let{start:e}=n;if(!e)return Promise.resolve();let r=JSON.stringify({nonce:e.
nonce,college:e.college});return B(m(e.token,"depart"),r).then(()=>K(t,{start:null}))}function B(t,n){return fetch(t,{method:"\
POST",headers:{Accept:"application/json","Content-Type":"application/json"},body:n,credentials:"same-origin",cache:"no-s\
tore"}).then(r=>{if(r.ok)return r.json();throw new c(r.status)},()=>{throw new c(0)})}function N(t,n,e,r){return e.submitted&&
r.campaign&&!r.lent&&b(r.campaign),e.submitted||r.handed?p(t):f("readwrite",(o,a)=>{h(o,t,s=>{s&&o.put(S(s,e,Date.now()))});
for(let s of n)j(a,t,s.code,g=>C(a,O(g,s,e)))})}function p(t){return f("readwrite",(n,e)=>{n.delete(t),e.delete(x(t))}).
then(()=>typeof caches!="undefined"&&caches.delete(`reponse-${t}`))}var W="reponses-envoyees";function b(t){return caches.
open(W).then(n=>n.put(`/repondre/envoyee/${t}`,new Response("")))}function A(t,n){let e=document.createElement("form"),r=document.createElement("textarea");e.method="post",e.action=m(t,"\
non-enregistre",location.search),e.hidden=!0,r.name="answers",r.value=l(u(n)),e.appendChild(r),document.body.appendChild(
e),e.submit()}function P(t,n,e){return w(t).then(r=>n||!u(r).length?p(t).then(()=>!0):E(t,!0).then(o=>o!=null&&o.problems.length?!1:p(
t).then(()=>!0),o=>(o instanceof c&&o.status>=400&&o.status<500&&e(t,r),!1)))}function D(){try{return!!(window.indexedDB&&window.caches&&navigator.serviceWorker)}catch(t){return!1}}function $(){window.
addEventListener("pageshow",t=>{t.persisted&&location.reload()})}function q(t,n,e=document){let r=e.querySelector(t);return r instanceof n?r:null}$();var i=q("[data-forget]",HTMLElement);i&&"sent"in i.dataset&&D()&&b(document.body.dataset.campaign||"");i!=null&&i.dataset.
forget&&"indexedDB"in window&&P(i.dataset.forget,"said"in i.dataset,A).then(t=>{t&&(i.dataset.forgotten="")},()=>{});})();
