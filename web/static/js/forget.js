"use strict";(()=>{function i(t){return t.answers.filter(n=>!n.saved)}function B(t){return i(t).filter(n=>!n.refused)}function w(t,n){if(!t.
response)return null;if(n||t.response.submit)return i(t);let e=B(t);return e.length?e:null}function f(t,n){let e={};for(let r of t)
e[r.code]={fields:r.fields,at:Math.round(r.at)};return JSON.stringify({answers:e,submit:!!n})}function b(t,n,e){let r=Math.max(t.latest,n.latest);return Object.assign({},t,{offset:n.now-e,latest:r,submit:!1})}function O(t,n,e){
return!t||t.at!==n.at?null:e.problems.some(o=>o.field!==void 0&&o.field in t.fields)?Object.assign({},t,{refused:!0}):Object.
assign({},t,{fields:e.answers[t.code]||t.fields,saved:!0})}var d=null;function M(){return d=d||P(),d}function P(){return new Promise((t,n)=>{let e=indexedDB.open("grille",1);e.onupgradeneeded=
()=>{e.result.createObjectStore("responses",{keyPath:"key"}),e.result.createObjectStore("answers",{keyPath:["key","code"]})},
e.onsuccess=()=>{t(e.result)},e.onblocked=()=>{d=null,n(new Error("the store is blocked"))},e.onerror=()=>{d=null,n(e.error)}})}
function l(t,n,e="relaxed"){return M().then(r=>new Promise((o,s)=>{let u=r.transaction(["responses","answers"],t,{durability:e}),
A=n(u.objectStore("responses"),u.objectStore("answers"));u.oncomplete=()=>{o(A)},u.onerror=()=>{s(u.error)},u.onabort=u.
onerror}))}function p(t,n,e){let r=t.get(n);r.onsuccess=()=>{e(r.result)}}function j(t,n,e,r){let o=t.get([n,e]);o.onsuccess=
()=>{r(o.result)}}function h(t){return IDBKeyRange.bound([t],[t,[]])}var a=class extends Error{constructor(n){super(`status ${n}`),this.status=n}};function g(t){return l("readonly",(n,e)=>{
let r={response:null,answers:[]};p(n,t,s=>{r.response=s||null});let o=e.getAll(h(t));return o.onsuccess=()=>{r.answers=o.
result},r})}function $(t,n){n&&t.put(n)}function x(t,n,e){return`/repondre/${t}/${n}${e||""}`}function v(t,n){return g(t).then(e=>{let r=w(
e,n);if(!r||!e.response)return null;let o=x(t,"envoi",e.response.wording);return D(o,f(r,e.response.submit)).then(s=>R(t,
r,s).then(()=>s))})}function D(t,n){return fetch(t,{method:"POST",headers:{Accept:"application/json","Content-Type":"app\
lication/json"},body:n,credentials:"same-origin",cache:"no-store"}).then(r=>{if(r.ok)return r.json();throw new a(r.status)},
()=>{throw new a(0)})}function R(t,n,e){return e.submitted?m(t):l("readwrite",(r,o)=>{p(r,t,s=>{s&&r.put(b(s,e,Date.now()))});
for(let s of n)j(o,t,s.code,u=>$(o,O(u,s,e)))})}function m(t){return l("readwrite",(n,e)=>{n.delete(t),e.delete(h(t))}).
then(()=>typeof caches!="undefined"&&caches.delete(`reponse-${t}`))}function S(t,n){let e=document.createElement("form"),r=document.createElement("textarea");e.method="post",e.action=x(t,"\
non-enregistre",location.search),e.hidden=!0,r.name="answers",r.value=f(i(n)),e.appendChild(r),document.body.appendChild(
e),e.submit()}function E(t,n,e){return g(t).then(r=>n||!i(r).length?m(t).then(()=>!0):v(t,!0).then(o=>o!=null&&o.problems.length?!1:m(
t).then(()=>!0),o=>(o instanceof a&&o.status>=400&&o.status<500&&e(t,r),!1)))}function q(t,n,e=document){let r=e.querySelector(t);return r instanceof n?r:null}var c=q("[data-forget]",HTMLElement);c!=null&&c.dataset.forget&&"indexedDB"in window&&E(c.dataset.forget,"said"in c.dataset,
S).then(t=>{t&&(c.dataset.forgotten="")},()=>{});})();
