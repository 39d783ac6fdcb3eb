"use strict";(()=>{function u(e,t,n=document){let o=n.querySelector(e);return o instanceof t?o:null}function s(e,t,n=document){let o=u(e,t,
n);if(!o)throw new Error(`no ${e} in this page`);return o}function a(e,t,n=document){return Array.prototype.slice.call(n.
querySelectorAll(e)).filter(r=>r instanceof t)}function m(e){return e.target instanceof Element?e.target:document.documentElement}function p(e){let{submitter:t}=e;return t instanceof HTMLButtonElement?t:null}function g(e,t){try{return window[e].getItem(t)}catch(n){return null}}function c(e,t,n){try{n===null?window[e].removeItem(
t):window[e].setItem(t,n)}catch(o){}}var l="grille-arranging",E=()=>a(".part, .sequence > li",HTMLElement),d=u("#deposer",HTMLFormElement),i="";function L(e,t){
let n=e.getBoundingClientRect();if(t.clientY<n.top+Math.min(n.height,60)/2)return e.id;let o=E(),r=o[o.indexOf(e)+1];return r?
r.id:""}function f(e){let t=m(e).closest(".sequence > li, .part");return t instanceof HTMLElement?t:null}function b(){for(let e of a(
".drop-here",HTMLElement))e.classList.remove("drop-here")}function w(e){var n;let t=f(e);!i||!t||(e.preventDefault(),b(),
(n=document.getElementById(L(t,e)))==null||n.classList.add("drop-here"))}function h(e){let t=f(e);!i||!t||!d||(e.preventDefault(),
s("[name=key]",HTMLInputElement,d).value=i,s("[name=before]",HTMLInputElement,d).value=L(t,e),i="",d.submit())}function T(e){
let t=document.createElement("span");t.className="handle",t.textContent="⠿",t.draggable=!0,t.setAttribute("aria-hidden",
"true"),t.addEventListener("dragstart",n=>{var o,r;i=e.id,(o=n.dataTransfer)==null||o.setData("text/plain",e.id),(r=n.dataTransfer)==
null||r.setDragImage(e,0,0)}),t.addEventListener("dragend",()=>{i="",b()}),s("form",HTMLFormElement,e).prepend(t)}function x(){
var o;let[e,t]=(g("sessionStorage",l)||"").split(" ");c("sessionStorage",l,null);let n=e&&document.getElementById(e);n&&
((o=u(`button[value="${t}"]:not([disabled])`,HTMLButtonElement,n)||u("button:not([disabled])",HTMLButtonElement,n))==null||
o.focus({preventScroll:!0}))}if(d){for(let e of E())T(e);document.addEventListener("dragover",w),document.addEventListener(
"drop",h),document.addEventListener("submit",e=>{let t=f(e),n=p(e);t&&n&&c("sessionStorage",l,`${t.id} ${n.value}`)}),window.
addEventListener("load",()=>setTimeout(x))}})();
