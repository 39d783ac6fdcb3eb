"use strict";(()=>{function d(t,e,o=document){let n=o.querySelector(t);return n instanceof e?n:null}function a(t,e,o=document){let n=d(t,e,
o);if(!n)throw new Error(`no ${t} in this page`);return n}function i(t,e,o=document){return Array.prototype.slice.call(o.
querySelectorAll(t)).filter(u=>u instanceof e)}function r(t,e){return t.dataset[e]||""}function c(t){return a(`#${t}`,HTMLTextAreaElement)}for(let t of i("[data-copies]",HTMLButtonElement))t.hidden=!navigator.
clipboard,t.addEventListener("click",()=>{let e=c(r(t,"copies"));navigator.clipboard.writeText(e.value).then(()=>{a(".st\
atus",HTMLElement,t.parentElement||document).textContent=r(t,"done")},()=>e.select())});for(let t of i("[data-shares]",HTMLButtonElement))
t.hidden=!("share"in navigator),t.addEventListener("click",()=>{navigator.share({text:c(r(t,"shares")).value}).catch(()=>{})});})();
