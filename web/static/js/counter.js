"use strict";(()=>{function u(t,n,o=document){let e=o.querySelector(t);return e instanceof n?e:null}function m(t,n,o=document){return Array.prototype.slice.call(o.querySelectorAll(t)).filter(i=>i instanceof n)}function c(t,n){return t.dataset[n]||""}function a(t){return t.trim().replace(/\r\n/g,`
`).replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g,"_").length}function s(t){return Math.min(200,Math.max(15,t/10))}var l=new WeakMap;function f(t){return(t instanceof HTMLInputElement||t instanceof HTMLTextAreaElement)&&t.hasAttribute(
"data-limit")}function r(t){return Number(c(t,"limit"))}function x(t){let n=t.parentElement||document.body,o=u(".room",HTMLElement,
n);if(o)return o;let e=document.createElement("p");return e.className="hint room",e.setAttribute("role","status"),n.insertBefore(
e,t.nextSibling),e}function g(t,n){var e;if(n>s(r(t)))return"";let o=(e=t.form)!=null&&e.hasAttribute("data-over")?t.form:
u("script[data-over]",HTMLElement);return o?c(o,n<0?"over":"left").replace("{n}",String(Math.abs(n))):""}function d(t){let n=r(
t)-a(t.value),o=x(t),e=g(t,n);o.classList.toggle("error",n<0);let i=()=>{o.textContent!==e&&(o.textContent=e)};clearTimeout(
l.get(t)),l.set(t,window.setTimeout(i,n<0?0:400))}function p(t){f(t.target)&&d(t.target)}document.addEventListener("inpu\
t",p);document.addEventListener("focusin",p);for(let t of m("[data-limit]",HTMLElement))f(t)&&r(t)-a(t.value)<=s(r(t))&&
d(t);})();
