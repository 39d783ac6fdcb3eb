"use strict";(()=>{function f(t){return t.answers.filter(e=>!e.saved)}function S(t){return f(t).filter(e=>!e.refused)}function p(t,e){if(!t.
response)return null;if(e||t.response.submit)return f(t);let n=S(t);return n.length?n:null}function m(t,e){let n={};for(let r of t)
n[r.code]={fields:r.fields,at:Math.round(r.at)};return JSON.stringify({answers:n,submit:!!e})}function g(t,e,n){let r=Math.max(t.latest,e.latest);return Object.assign({},t,{offset:e.now-n,latest:r,submit:!1})}function w(t,e,n){
return!t||t.at!==e.at?null:n.problems.some(o=>o.field!==void 0&&o.field in t.fields)?Object.assign({},t,{refused:!0}):Object.
assign({},t,{fields:n.answers[t.code]||t.fields,saved:!0})}var u=null;function E(){return u=u||P(),u}function P(){return new Promise((t,e)=>{let n=indexedDB.open("grille",1);n.onupgradeneeded=
()=>{n.result.createObjectStore("responses",{keyPath:"key"}),n.result.createObjectStore("answers",{keyPath:["key","code"]})},
n.onsuccess=()=>{t(n.result)},n.onblocked=()=>{u=null,e(new Error("the store is blocked"))},n.onerror=()=>{u=null,e(n.error)}})}
function d(t,e,n="relaxed"){return E().then(r=>new Promise((o,s)=>{let c=r.transaction(["responses","answers"],t,{durability:n}),
v=e(c.objectStore("responses"),c.objectStore("answers"));c.oncomplete=()=>{o(v)},c.onerror=()=>{s(c.error)},c.onabort=c.
onerror}))}function l(t,e,n){let r=t.get(e);r.onsuccess=()=>{n(r.result)}}function x(t,e,n,r){let o=t.get([e,n]);o.onsuccess=
()=>{r(o.result)}}function h(t){return IDBKeyRange.bound([t],[t,[]])}var i=class extends Error{constructor(e){super(`status ${e}`),this.status=e}};function A(t){return d("readonly",(e,n)=>{
let r={response:null,answers:[]};l(e,t,s=>{r.response=s||null});let o=n.getAll(h(t));return o.onsuccess=()=>{r.answers=o.
result},r})}function b(){return d("readonly",t=>{let e=[],n=t.getAllKeys();return n.onsuccess=()=>{for(let r of n.result)
e.push(String(r))},e})}function R(t,e){e&&t.put(e)}function T(t,e,n){return`/repondre/${t}/${e}${n||""}`}function O(t,e){return A(t).then(n=>{let r=p(
n,e);if(!r||!n.response)return null;let o=T(t,"envoi",n.response.wording);return L(o,m(r,n.response.submit)).then(s=>$(t,
r,s).then(()=>s))})}function L(t,e){return fetch(t,{method:"POST",headers:{Accept:"application/json","Content-Type":"app\
lication/json"},body:e,credentials:"same-origin",cache:"no-store"}).then(r=>{if(r.ok)return r.json();throw new i(r.status)},
()=>{throw new i(0)})}function $(t,e,n){return n.submitted?D(t):d("readwrite",(r,o)=>{l(r,t,s=>{s&&r.put(g(s,n,Date.now()))});
for(let s of e)x(o,t,s.code,c=>R(o,w(c,s,n)))})}function D(t){return d("readwrite",(e,n)=>{e.delete(t),n.delete(h(t))}).
then(()=>typeof caches!="undefined"&&caches.delete(`reponse-${t}`))}var M=5e3,a=self;a.addEventListener("install",()=>{a.skipWaiting()});a.addEventListener("activate",t=>{t.waitUntil(a.clients.
claim())});a.addEventListener("fetch",t=>{let{request:e}=t;e.mode==="navigate"?t.respondWith(e.method==="GET"?q(e):fetch(
e).catch(j)):e.method==="GET"&&new URL(e.url).pathname.indexOf("/static/")===0&&t.respondWith(caches.match(e).then(n=>n||
fetch(e)))});function q(t){return B(t).then(e=>{if(!e)return fetch(t).catch(j);let n=new Promise(o=>{setTimeout(o,M,e)}),
r=fetch(t).then(o=>o.status<500?o:e,()=>e);return Promise.race([r,n])})}function B(t){return caches.match(t).then(e=>e||
caches.match(t,{ignoreSearch:!0}))}function j(){return caches.match("/repondre/hors-connexion").then(t=>t||Response.error())}
a.addEventListener("sync",t=>{let e=b().then(n=>Promise.all(n.map(r=>O(r).catch(U))));t.waitUntil(e)});function U(t){if(!(t instanceof
i)||!t.status||t.status>=500)throw t}})();
