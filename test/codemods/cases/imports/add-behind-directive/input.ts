"use strict";

export const c = 1;
