import { createRequire as iamlintRequire } from 'node:module'; const require = iamlintRequire(import.meta.url);
import{a,b,c,d,e}from"./chunk-OVVYRE77.js";import"./chunk-JKSECYW5.js";import"./chunk-FPD5NUZJ.js";export{a as NO_CHOICE,b as checkSettings,e as peerIndex,d as ruleInfo,c as ruleNames};
