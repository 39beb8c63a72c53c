import { createRequire as iamlintRequire } from 'node:module'; const require = iamlintRequire(import.meta.url);
import{a,b,c,d}from"./chunk-RMP5UDQW.js";import"./chunk-JKSECYW5.js";import"./chunk-FPD5NUZJ.js";export{a as NO_CHOICE,b as checkSettings,d as ruleInfo,c as ruleNames};
