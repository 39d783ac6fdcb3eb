"use strict";(()=>{function p(t,e,o=document){let n=o.querySelector(t);return n instanceof e?n:null}function s(t,e,o=document){let n=p(t,e,
o);if(!n)throw new Error(`no ${t} in this page`);return n}function m(t){return t.target instanceof Element?t.target:document.documentElement}function u(t,e){return t.dataset[e]||
""}var g=6e4,y=1e3;function c(t,e){s("[role=status]",HTMLElement,t.closest("li")||document).textContent=u(t,e)}function x(t,e){
let o=URL.createObjectURL(t),n=document.createElement("a");n.href=o,n.download=e,document.body.appendChild(n),n.click(),
n.remove(),setTimeout(()=>{URL.revokeObjectURL(o)},g)}function b(t){let e=/filename="?([^";]+)/.exec(t.headers.get("Cont\
ent-Disposition")||"");return(e==null?void 0:e[1])||"grille"}function E(t){return t instanceof Response&&t.status>=400&&
[429,503].indexOf(t.status)<0?"broken":"failed"}function a(t){return fetch(t,{credentials:"same-origin",headers:{Accept:"\
text/html"}}).then(e=>{if(!e.ok)throw e;return e})}function d(t,e){return e.headers.get("Content-Disposition")?Promise.resolve(
e):e.text().then(o=>{var f,l;let n=new DOMParser().parseFromString(o,"text/html"),r=(f=n.querySelector("#preparation"))==
null?void 0:f.getAttribute("data-state");if(r==="failed"||!r)throw new Response(null,{status:500});if(r==="ready")return a(
t.href).then(i=>d(t,i));let h=(l=n.querySelector("[data-words]"))==null?void 0:l.textContent;return s("[role=status]",HTMLElement,
t.closest("li")||document).textContent=h||u(t,"waiting"),A().then(()=>a(e.url)).then(i=>d(t,i))})}function A(){return new Promise(
t=>{setTimeout(t,y)})}function L(t){t.setAttribute("aria-busy","true"),c(t,"waiting"),a(t.href).then(e=>d(t,e)).then(e=>e.
blob().then(o=>{x(o,b(e))})).then(()=>{c(t,"done")},e=>{c(t,E(e))}).then(()=>{t.removeAttribute("aria-busy")})}function w(t){
let e=m(t).closest("a[data-waiting]");!(e instanceof HTMLAnchorElement)||t.ctrlKey||t.metaKey||t.shiftKey||(t.preventDefault(),
e.hasAttribute("aria-busy")||L(e))}document.addEventListener("click",w);})();
