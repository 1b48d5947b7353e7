// SPDX-License-Identifier: BSL-1.0

/** A JSON text: a string, or its UTF-8. */
export type Text = string | Uint8Array;

/** The name of a policy that is built in. */
export type PolicyName =
  | 'auth0.user_metadata' | 'auth0.app_metadata' | 'auth0.client_metadata' | 'auth0.organization_metadata'
  | 'auth0.connection_metadata' | 'auth0.domain_metadata' | 'auth0.session_metadata' | 'auth0.refresh_token_metadata'
  | 'auth0.agent_metadata' | 'auth0.signup_user_metadata' | 'first_level' | 'replace' | 'rfc7396';

/** How bodies change a field. */
export interface MergeRules {
  /** Levels that merge and remove by null; 0 replaces, null is every level. */
  readonly depth: number | null;
  /** What the body `{}` does. */
  readonly on_empty: 'clears' | 'merges';
  /** What the body `null` does. */
  readonly on_null: 'rejected' | 'clears';
  /** What a clear leaves: `{}`, or nothing. */
  readonly cleared: 'empty' | 'absent';
}

export interface KeyRules {
  /** ASCII characters that keys must not hold, at any depth. */
  readonly forbidden?: string;
  /** Instead of that, the only characters that they may hold. */
  readonly allowed?: string;
  /** Names that the field's own members must not have. */
  readonly reserved: readonly string[];
  /** The key `""`. */
  readonly empty: 'admitted' | 'refused';
}

/** Null is no limit. */
export interface Limits {
  /** Members of a body and of the result. */
  readonly max_members: number | null;
  readonly max_key_code_points: number | null;
  /** Types of members. */
  readonly values: 'any' | 'string_or_null' | 'string';
  readonly max_value_code_points: number | null;
  /** Bytes of the result as compact JSON. */
  readonly max_bytes: number | null;
}

export interface ReadRules {
  /** 1 to 1024; the field's object is level 1. */
  readonly max_nesting: number;
  /** The same key twice. */
  readonly duplicates: 'last_wins' | 'rejected';
  /** That a refusal lists; the others are counted. */
  readonly max_violations: number | null;
}

/** The rules of a field, as data. Only what `policies` has and `definePolicy` gives is taken for one. */
export interface Policy {
  readonly name: string;
  readonly extends: string;
  readonly merge: MergeRules;
  readonly keys: KeyRules;
  readonly limits: Limits;
  readonly read: ReadRules;
}

/** What differs from the policy that it extends, `first_level` where it does not say. */
export interface PolicyDefinition {
  readonly name?: string;
  readonly extends?: PolicyName | Policy;
  readonly merge?: Partial<MergeRules>;
  readonly keys?: Partial<KeyRules>;
  readonly limits?: Partial<Limits>;
  readonly read?: Partial<ReadRules>;
}

/** All of Auth0's fields, and three plain merges. */
export const policies: { readonly [name in PolicyName]: Policy };

/** A policy of your own. A mistake is a TypeError that names the rule. */
export function definePolicy(definition: PolicyDefinition): Policy;

export interface Position {
  /** Bytes of UTF-8 from the start of the text. */
  readonly offset: number;
  readonly line: number;
  /** Code points, from 1. */
  readonly column: number;
  /** Of a text that is a string: its index there. */
  readonly index?: number;
}

/** One rule that was broken, and where. */
export interface Violation {
  /** Stable; see the library's documentation for all of them. */
  readonly code: string;
  /** A JSON Pointer (RFC 6901) from the root of the field; `""` is the field itself. */
  readonly pointer: string;
  readonly limit?: number;
  /** What was found, in the limit's unit. */
  readonly actual?: number;
  /** Which argument it is in; `result` where it is what would come of them. */
  readonly input?: string;
  /** Where a text is no JSON. */
  readonly position?: Position;
  /** Why a text is no JSON, where the text shows it. */
  readonly cause?: string;
  /** Of a JSON Patch: the index of the operation that fails, and why. */
  readonly operation?: number;
  readonly fault?: string;
  /** For people; its wording may change. */
  readonly message: string;
}

export interface Refusal {
  readonly ok: false;
  readonly violations: readonly Violation[];
  /** How many more there are than are listed. */
  readonly omitted?: number;
}

export interface ApplyOptions {
  /** What is stored is known to be JSON, and is not checked. */
  readonly trusted?: boolean;
}

export interface LoadOptions {
  /** Take the module with vector instructions, or the one without; by default the faster one that the engine can run. */
  readonly simd?: boolean;
}

/** The new text; undefined where the field is absent. */
export type TextResult<T> = { readonly ok: true; readonly value: T | undefined } | Refusal;
export type Verdict = { readonly ok: true } | Refusal;
type Of = Policy | PolicyName;

/** Patches from text to text. Undefined is an absent field, or a body that does not name it. */
export interface TextFunctions {
  /** Applies a patch. Every byte stays that the patch does not name. */
  applyText(policy: Of, stored: string, patch: Text | undefined, options?: ApplyOptions): TextResult<string>;
  applyText(policy: Of, stored: Uint8Array, patch: Text | undefined, options?: ApplyOptions): TextResult<Uint8Array>;
  applyText(policy: Of, stored: undefined, patch: string | undefined, options?: ApplyOptions): TextResult<string>;
  applyText(policy: Of, stored: Text | undefined, patch: Text | undefined, options?: ApplyOptions): TextResult<Text>;
  /** Whether it can be applied. */
  validateText(policy: Of, stored: Text | undefined, patch: Text | undefined): Verdict;
  readonly policies: typeof policies;
  readonly definePolicy: typeof definePolicy;
}
