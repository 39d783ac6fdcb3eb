"use strict";(()=>{function d(t,e,o=document){let n=o.querySelector(t);return n instanceof e?n:null}function c(t,e,o=document){let n=d(t,e,
o);if(!n)throw new Error(`no ${t} in this page`);return n}function a(t,e,o=document){return Array.prototype.slice.call(o.
querySelectorAll(t)).filter(i=>i instanceof e)}function m(t,e){return t.dataset[e]||""}function p(t){return t.normalize("NFKD").replace(/[\u0300-\u036f]/g,"").toLowerCase().replace(/œ/g,"oe").replace(/æ/g,
"ae").replace(/’/g,"'")}var g=80;function E(t){var n,i;let e=t.closest(".grid-family"),o=[t.id,(n=c("h2 .family",HTMLElement,e).lastChild)==null?
void 0:n.textContent,(i=c("h3",HTMLElement,t).firstChild)==null?void 0:i.textContent];for(let s of a(":scope > p, dd, .s\
kill-aside p, .skill-aside li",HTMLElement,t))o.push(s.textContent);return{element:t,family:e,text:p(o.join(" "))}}function y(t){
var x;let e=a(".skill",HTMLElement).map(E),o=a(".grid-levels, #versions",HTMLElement),n=c("#trouves",HTMLElement),i=()=>{
let l=p(t.value).split(/\s+/).filter(Boolean),u=e.filter(r=>l.every(f=>r.text.indexOf(f)>=0));for(let r of e)r.element.hidden=
u.indexOf(r)<0,r.family.hidden=!u.some(f=>f.family===r.family);for(let r of o)r.hidden=l.length>0;n.textContent=l.length?
L(n,u.length):"",document.body.dataset.searched=t.value},s;t.addEventListener("input",()=>{clearTimeout(s),s=window.setTimeout(
i,g)}),(x=t.form)==null||x.addEventListener("submit",l=>{l.preventDefault(),i()})}function L(t,e){return e<2?m(t,e?"one":
"none"):m(t,"many").replace("{n}",String(e))}var h=d("#q",HTMLInputElement);h&&!h.value&&y(h);})();
