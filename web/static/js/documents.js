"use strict";(()=>{function s(t,e,o=document){let n=o.querySelector(t);return n instanceof e?n:null}function i(t,e,o=document){let n=s(t,e,
o);if(!n)throw new Error(`no ${t} in this page`);return n}function c(t){return t.target instanceof Element?t.target:document.documentElement}function u(t,e){return t.dataset[e]||
""}var a=6e4;function r(t,e){i("[role=status]",HTMLElement,t.closest("li")||document).textContent=u(t,e)}function f(t,e){let o=URL.
createObjectURL(t),n=document.createElement("a");n.href=o,n.download=e,document.body.appendChild(n),n.click(),n.remove(),
setTimeout(()=>{URL.revokeObjectURL(o)},a)}function d(t){let e=/filename="?([^";]+)/.exec(t.headers.get("Content-Disposi\
tion")||"");return(e==null?void 0:e[1])||"grille"}function l(t){return t instanceof Response&&t.status>=400&&[429,503].indexOf(
t.status)<0?"broken":"failed"}function m(t){t.setAttribute("aria-busy","true"),r(t,"waiting"),fetch(t.href,{credentials:"\
same-origin"}).then(e=>{if(!e.ok)throw e;return e.blob().then(o=>{f(o,d(e))})}).then(()=>{r(t,"done")},e=>{r(t,l(e))}).then(
()=>{t.removeAttribute("aria-busy")})}function h(t){let e=c(t).closest("a[data-waiting]");!(e instanceof HTMLAnchorElement)||
t.ctrlKey||t.metaKey||t.shiftKey||(t.preventDefault(),e.hasAttribute("aria-busy")||m(e))}document.addEventListener("clic\
k",h);})();
