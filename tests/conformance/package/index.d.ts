// SPDX-License-Identifier: BSL-1.0

/** A text, or the parts of a long one: each a string, and how often it stands there. */
export type Text = string | { readonly parts: readonly (readonly [string, number])[] };

export interface Evidence {
  readonly kind: 'doc' | 'recorded' | 'observed' | 'chosen';
  readonly ref: string;
}

/** A case. What else it is asked (`stored`, `patch`, …) depends on its operation: see vectors.schema.json. */
export interface Case {
  readonly id: string;
  readonly profile: string;
  readonly op: string;
  readonly level: 'required' | 'observed' | 'chosen';
  readonly evidence: readonly Evidence[];
  readonly expect: { readonly outcome: string; readonly [member: string]: unknown };
  readonly [member: string]: unknown;
}

/** A rule, with patterns of the ids of the cases that show it: all, or those of both sides of a limit. */
export interface Rule {
  readonly id: string;
  readonly rule: string;
  readonly cases?: readonly string[];
  readonly admitted?: readonly string[];
  readonly refused?: readonly string[];
}

/** The version of the vectors. */
export const version: string;

/** All cases, each with its profile. They are frozen. */
export const cases: readonly Case[];

export const rules: readonly Rule[];

/** The rules that a case shows. */
export function rulesOf(id: string): Rule[];

/** What a driver is asked, with long texts written out. */
export function requestOf(vector: Case): { id: string; op: string; profile?: string; [member: string]: unknown };

/** What it must answer, with long texts written out. */
export function expectationOf(vector: Case): { outcome: string; [member: string]: unknown };
