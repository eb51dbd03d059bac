#!/usr/bin/env node

export const c = 1;
