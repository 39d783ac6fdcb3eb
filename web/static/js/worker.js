"use strict";(()=>{function p(e){return e.answers.filter(t=>!t.saved)}function L(e){return p(e).filter(t=>!t.refused)}function b(e,t){if(!e.
response)return null;if(t||e.response.submit||e.response.handed)return p(e);let n=L(e);return n.length?n:null}function v(e,t){
let n={};for(let r of e)n[r.code]={fields:r.fields,at:Math.round(r.at)};return JSON.stringify({answers:n,submit:!!(t!=null&&
t.submit),handed:!!(t!=null&&t.handed)})}function O(e,t,n){let r=Math.max(e.latest,t.latest);return Object.assign({},e,{offset:t.now-n,latest:r,submit:!1})}function P(e,t,n){
return!e||e.at!==t.at?null:n.problems.some(o=>o.field!==void 0&&o.field in e.fields)?Object.assign({},e,{refused:!0}):Object.
assign({},e,{fields:n.answers[e.code]||e.fields,saved:!0})}var f=null;function D(){return f=f||M(),f}function M(){return new Promise((e,t)=>{let n=indexedDB.open("grille",1);n.onupgradeneeded=
()=>{n.result.createObjectStore("responses",{keyPath:"key"}),n.result.createObjectStore("answers",{keyPath:["key","code"]})},
n.onsuccess=()=>{e(n.result)},n.onblocked=()=>{f=null,t(new Error("the store is blocked"))},n.onerror=()=>{f=null,t(n.error)}})}
function u(e,t,n="relaxed"){return D().then(r=>new Promise((o,c)=>{let s=r.transaction(["responses","answers"],e,{durability:n}),
a=t(s.objectStore("responses"),s.objectStore("answers"));s.oncomplete=()=>{o(a)},s.onerror=()=>{c(s.error)},s.onabort=s.
onerror}))}function h(e,t,n){let r=e.get(t);r.onsuccess=()=>{n(r.result)}}function S(e,t,n,r){let o=e.get([t,n]);o.onsuccess=
()=>{r(o.result)}}function m(e){return IDBKeyRange.bound([e],[e,[]])}var i=class extends Error{constructor(t){super(`status ${t}`),this.status=t}};function l(e){return u("readonly",(t,n)=>{
let r={response:null,answers:[]};h(t,e,c=>{r.response=c||null});let o=n.getAll(m(e));return o.onsuccess=()=>{r.answers=o.
result},r})}function g(){return u("readonly",e=>{let t=[],n=e.getAllKeys();return n.onsuccess=()=>{for(let r of n.result)
t.push(String(r))},t})}function N(e,t){return u("readwrite",n=>{h(n,e,r=>{n.put(Object.assign({offset:0,latest:0},r,{key:e},
t))})})}function U(e,t){t&&e.put(t)}function j(e,t,n){return`/repondre/${e}/${t}${n||""}`}function x(e,t){return l(e).then(n=>{let r=b(
n,t);if(!r||!n.response)return null;let{response:o}=n,c=j(e,"envoi",o.wording);return W(e,o).then(()=>E(c,v(r,o))).then(
s=>C(e,r,s,o).then(()=>s))})}function W(e,t){let{start:n}=t;if(!n)return Promise.resolve();let r=JSON.stringify({nonce:n.
nonce,college:n.college});return E(j(n.token,"depart"),r).then(()=>N(e,{start:null}))}function E(e,t){return fetch(e,{method:"\
POST",headers:{Accept:"application/json","Content-Type":"application/json"},body:t,credentials:"same-origin",cache:"no-s\
tore"}).then(r=>{if(r.ok)return r.json();throw new i(r.status)},()=>{throw new i(0)})}function C(e,t,n,r){return n.submitted&&
r.campaign&&!r.lent&&H(r.campaign),n.submitted||r.handed?$(e):u("readwrite",(o,c)=>{h(o,e,s=>{s&&o.put(O(s,n,Date.now()))});
for(let s of t)S(c,e,s.code,a=>U(c,P(a,s,n)))})}function $(e){return u("readwrite",(t,n)=>{t.delete(e),n.delete(m(e))}).
then(()=>typeof caches!="undefined"&&caches.delete(`reponse-${e}`))}var G="reponses-envoyees";function H(e){return caches.
open(G).then(t=>t.put(`/repondre/envoyee/${e}`,new Response("")))}function R(e){return caches.match(`/repondre/envoyee/${e}`).
then(Boolean)}function T(e){return x(e).catch(t=>t instanceof i&&[404,409,410].indexOf(t.status)>=0?$(e):null)}var A=5e3,d=self;d.addEventListener("install",()=>{d.skipWaiting()});d.addEventListener("activate",e=>{e.waitUntil(d.clients.
claim())});d.addEventListener("fetch",e=>{let{request:t}=e;t.mode==="navigate"?e.respondWith(t.method==="GET"?I(t):fetch(
t).catch(B)):t.method==="GET"&&new URL(t.url).pathname.indexOf("/static/")===0&&e.respondWith(caches.match(t).then(n=>n||
fetch(t)))});function I(e){let t=new URL(e.url),n=t.pathname.split("/").filter(Boolean),r=n[1]||"";return J(g()).then(o=>{
if(o.indexOf(r)>=0)return l(r).then(s=>{var a;return(a=s.response)!=null&&a.handed?K(s.response):w(e)});let c=n.length===
2&&!/[?&](autre|deja)=/.test(t.search);return w(e).then(s=>c?F(s,t,o):s)},()=>w(e))}function J(e){let t=new Promise((n,r)=>{
setTimeout(r,A,new Error("the store is silent"))});return Promise.race([e,t])}function K(e){return Response.redirect(`/r\
epondre/${e.lent||""}?appareil=rendu`)}function F(e,t,n){return e.clone().text().then(r=>{let o=(/data-campaign="(\d+)"/.
exec(r)||[])[1];return o?_(o,n).then(c=>c||q(e,t,o)):e})}function _(e,t){return Promise.all(t.map(n=>l(n))).then(n=>{let{
response:r}=n.filter(o=>{var c;return((c=o.response)==null?void 0:c.campaign)===e&&!o.response.handed})[0]||{};return r?
caches.match(`/repondre/${r.key}/ici`,{ignoreSearch:!0}):void 0})}function q(e,t,n){if(!e.ok||t.search.indexOf("appareil\
=")>=0)return Promise.resolve(e);let r=`${t.pathname}${t.search}${t.search?"&":"?"}deja=oui`;return R(n).then(o=>o?Response.
redirect(r):e)}function w(e){return y(e).then(t=>{if(!t)return fetch(e).catch(B);let n=new Promise(o=>{setTimeout(o,A,t)}),
r=fetch(e).then(o=>o.status<500&&o.status!==404?o:t,()=>t);return Promise.race([r,n])})}function y(e){return caches.match(
e).then(t=>t||caches.match(e,{ignoreSearch:!0}))}function B(){return caches.match("/repondre/hors-connexion").then(e=>e||
Response.error())}d.addEventListener("sync",e=>{let t=g().then(n=>Promise.all(n.map(z)));e.waitUntil(t)});function z(e){
return l(e).then(t=>{var n;return(n=t.response)!=null&&n.handed?T(e):x(e).catch(Q)})}function Q(e){if(!(e instanceof i)||
!e.status||e.status>=500)throw e}})();
