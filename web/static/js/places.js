"use strict";(()=>{function l(e,t,n=document){let o=n.querySelector(e);return o instanceof t?o:null}function c(e,t,n=document){let o=l(e,t,
n);if(!o)throw new Error(`no ${e} in this page`);return o}function s(e,t){return e.dataset[t]||""}var p=150;function f(e){let t=document.createElement("label"),n=document.createElement("input"),o=document.createElement(
"span"),u=document.createElement("b"),r=document.createElement("span");return n.type="radio",n.name="code",n.value=e.code,
u.textContent=e.label,r.textContent=e.more,r.className="muted",o.append(u," ",r),t.append(n," ",o),t}function E(e,t,n){let o=c(
".options",HTMLElement,e),u=c(".none",HTMLElement,e),r=c("[role=status]",HTMLElement,e);o.replaceChildren(...n.map(f)),n.
length===1&&(c("input",HTMLInputElement,o).checked=!0),c(".places",HTMLElement,e).hidden=!n.length,u.hidden=n.length>0||
!t.trim(),r.textContent=t.trim()?h(e,r,n.length):"",c("[name=q]",HTMLInputElement,e).value=t}function h(e,t,n){return n?
s(t,n===1?"one":"count").replace("{n}",String(n)):s(e,"none")}function T(e,t){let n=0,o,u=()=>{n+=1;let r=n,m=e.value;fetch(
`${s(t,"source")}?q=${encodeURIComponent(m)}`,{credentials:"same-origin"}).then(i=>i.ok?i.json():[]).then(i=>{r===n&&E(t,
e.value,i)}).catch(()=>{})};e.addEventListener("input",()=>{clearTimeout(o),o=window.setTimeout(u,p)})}var a=l("#q",HTMLInputElement),
d=l("#lieux",HTMLFormElement);a&&d&&T(a,d);})();
