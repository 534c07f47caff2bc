//! What the harness has to notice, put into the page from outside: the shipped build has no such switch.

/// “Saved” before the transaction has ended: whoever listens for the end is told of it at once, and never of a failure.
pub(super) const EARLY: &str = "for (const name of ['oncomplete', 'onabort']) { const own = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, name);\
    Object.defineProperty(IDBTransaction.prototype, name, { ...own, set(f) { if (this.mode === 'readonly') own.set.call(this, f); else this['told' + name] = f; } }); }\
    for (const name of ['commit', 'abort']) { const own = IDBTransaction.prototype[name]; IDBTransaction.prototype[name] = function () {\
      try { own.call(this); } catch { } setTimeout(() => this.toldoncomplete?.(new Event('complete'))); }; }";

/// A reader that passes over what was damaged: those drafts have keys of their own.
pub(super) const DROPS: &str = "const { getAll, getAllKeys } = IDBObjectStore.prototype; const result = Object.getOwnPropertyDescriptor(IDBRequest.prototype, 'result').get;\
    const whole = key => !key.startsWith('abc000000000');\
    IDBObjectStore.prototype.getAllKeys = function (...a) { const r = getAllKeys.apply(this, a); Object.defineProperty(r, 'result', { get: () => result.call(r).filter(whole) }); return r; };\
    IDBObjectStore.prototype.getAll = function (...a) { const r = getAll.apply(this, a); const keys = getAllKeys.apply(this, a);\
      Object.defineProperty(r, 'result', { get: () => result.call(r).filter((_, at) => whole(result.call(keys)[at])) }); return r; };";
