// SPDX-License-Identifier: BSL-1.0
import type { ApplyOptions, LoadOptions, Policy, PolicyName, Refusal, Text, TextFunctions, Verdict, Violation } from './common.js';

export * from './common.js';

/** Loads the library. */
export function load(options?: LoadOptions): Promise<Metapatch>;

type Of = Policy | PolicyName;

/** Any value that JSON.stringify takes, BigInts besides. Undefined is an absent field; null is null. */
export type Value = unknown;

export interface ValueOptions {
  /** In results, integers that a number cannot tell from its neighbours are BigInts. */
  readonly bigint?: boolean;
}
export interface AlgebraOptions extends ValueOptions {
  /** Whether an absent field and `{}` are two states (`exact`, the default), or the same. */
  readonly presence?: 'exact' | 'either';
}
export interface AdviseOptions {
  /** The member of the document that the field is: then a whole body given as a patch is told of. */
  readonly field?: string;
}

/** The bodies to send, one after the other: none where there is nothing to send. */
export interface Bodies<T> {
  readonly ok: true;
  readonly bodies: readonly T[];
  /** The only one of them. There is none where nothing is to be sent: `{}` would clear the field. */
  readonly patch?: T;
}
/** No body can do it; the violations say why. */
export interface Impossible extends Refusal {
  readonly impossible?: true;
}
export interface Conflicts {
  /** Nothing but whether the field is present depends on the order. */
  readonly presence?: true;
  /** Documents that are no objects both conflict as a whole. */
  readonly whole?: true;
}
export interface Advice {
  readonly code: 'root_collision' | 'type_change' | 'loss' | 'unsafe_integer' | 'field_name';
  readonly pointer: string;
}

/** RFC 7396, or RFC 6902. */
export type Intent<T> = { readonly mergePatch: T } | { readonly jsonPatch: T };

/** Who asks: what the token, which you have verified, grants, and its claim `sub`. */
export interface Token {
  readonly scopes: string | readonly string[];
  readonly subject?: string;
}
/** What the service enforces, or what its documentation says. */
export type Table = 'enforced' | 'documented';

/** A request that is refused, as the service would send it. */
export interface RequestRefusal {
  readonly ok: false;
  /** Of HTTP. */
  readonly status: number;
  readonly reason: 'unauthorized' | 'insufficient_scope' | 'malformed_body' | 'subject_mismatch' | 'fields_out_of_reach'
    | 'not_found' | 'rule_violation' | 'conflict' | 'unreadable_state';
  readonly message: string;
  readonly body: { readonly [member: string]: unknown };
  readonly headers: { readonly [name: string]: string };
  /** What is wrong with metadata, each pointer from the root of the body. */
  readonly violations: readonly Violation[];
  /** Every minimal set of scopes that would do. */
  readonly sufficient: readonly (readonly string[])[];
}

export interface UpdateRequest<T> {
  /** The user; undefined where there is none of that id. */
  readonly stored?: T;
  readonly body: T;
  /** Of the path. */
  readonly userId: string;
  readonly token?: Token | null;
  readonly table?: Table;
}
export interface ViewRequest<T> extends Omit<UpdateRequest<T>, 'body'> {
  readonly fields?: readonly string[];
  /** False: all but the fields. */
  readonly includeFields?: boolean;
}
export type UserAnswer<T> = { readonly ok: true; readonly user: T } | RequestRefusal;
export type UpdateAnswer<T> = {
  readonly ok: true;
  readonly user: T;
  readonly grantedBy: readonly string[];
  /** Its bytes, where it is larger than the service will admit some day. */
  readonly largeProfile?: number;
} | RequestRefusal;

export interface AuthorizeRequest<T> {
  /** Such as `PATCH /users/{id}`. */
  readonly operation: string;
  readonly token?: Token | null;
  readonly userId?: string;
  /** The members of the body are what the request touches. */
  readonly body?: T;
  readonly stored?: T;
  readonly table?: Table;
}
export type Decision = {
  readonly ok: true;
  readonly grantedBy: readonly string[];
  readonly sufficient: readonly (readonly string[])[];
} | {
  readonly ok: false;
  readonly reason: 'insufficient_scope' | 'subject_mismatch' | 'fields_out_of_reach';
  readonly outOfReach: readonly string[];
  readonly sufficient: readonly (readonly string[])[];
};

export interface UserinfoRequest<T> {
  readonly user: T;
  readonly scopes?: string | readonly string[];
  /** What Actions or Rules have set. */
  readonly claims?: T;
}
export interface DroppedClaim {
  readonly claim: string;
  readonly reason: 'restricted' | 'reserved_namespace' | 'scope_not_granted' | 'too_large';
}
export interface LockRequest<T> {
  /** Lock's `additionalSignUpFields`. */
  readonly fields?: T;
  /** What was entered, by the names of the fields. */
  readonly values?: T;
  readonly form?: T;
}
export interface LockWarning {
  readonly code: string;
  readonly field: string;
  readonly index?: number;
}

/** The functions of one form: `V` is what documents are given as, `R` what they come back as. */
interface FieldFunctions<V, R> {
  diff(policy: Of, from: V | undefined, to: V | undefined, options?: AlgebraOptions): Bodies<R> | Impossible;
  compose(policy: Of, patches: readonly (V | undefined)[], options?: AlgebraOptions): Bodies<R> | Impossible;
  inverse(policy: Of, stored: V | undefined, patch: V | undefined, options?: AlgebraOptions): Bodies<R> | Impossible;
  rebase(policy: Of, patch: V | undefined, onto: V | undefined, options?: AlgebraOptions):
    (Bodies<R> & Conflicts & { readonly conflicts: readonly string[] }) | Impossible;
  conflicts(policy: Of, patch: V | undefined, other: V | undefined, options?: AlgebraOptions):
    ({ readonly ok: true; readonly keys: readonly string[] } & Conflicts) | Refusal;
  merge3(policy: Of, base: V | undefined, mine: V | undefined, theirs: V | undefined, options?: AlgebraOptions):
    (Bodies<R> & { readonly conflicts: readonly string[]; readonly changedByBoth: readonly string[] }) | Impossible;
  losses(policy: Of, stored: V | undefined, patch: V | undefined):
    { readonly ok: true; readonly pointers: readonly string[]; readonly omitted?: number } | Refusal;
  advise(policy: Of, stored: V | undefined, patch: V | undefined, options?: AdviseOptions):
    { readonly ok: true; readonly advice: readonly Advice[]; readonly omitted?: number } | Refusal;
  deepen(policy: Of, stored: V | undefined, intent: Intent<V>, options?: AlgebraOptions): Bodies<R> | Impossible;
  size(stored: V | undefined): { readonly ok: true; readonly bytes: number } | Refusal;
  authorize(request: AuthorizeRequest<V>): Decision;
  updateUser(request: UpdateRequest<V>, options?: ValueOptions): UpdateAnswer<R>;
  createUser(request: Omit<UpdateRequest<V>, 'stored'>, options?: ValueOptions): UserAnswer<R>;
  viewUser(request: ViewRequest<V>, options?: ValueOptions): UserAnswer<R>;
  signup(request: { readonly userId: string; readonly body: V }, options?: ValueOptions): UserAnswer<R>;
  userinfo(request: UserinfoRequest<V>, options?: ValueOptions):
    { readonly ok: true; readonly claims: R; readonly dropped: readonly DroppedClaim[] } | Refusal;
  lockSignup(request: LockRequest<V>, options?: ValueOptions):
    { readonly ok: true; readonly complete: boolean; readonly body: R; readonly warnings: readonly LockWarning[] } | Refusal;
}

type InTexts<F> = { [Name in keyof F as `${Name & string}Text`]: F[Name] };

/** All of the library. Refusals are results; a wrong argument is a TypeError that names it. */
export interface Metapatch extends FieldFunctions<Value, any>, InTexts<FieldFunctions<Text, string>>, TextFunctions {
  /** The field after a patch; the value is undefined where it is absent. */
  apply<T = any>(policy: Of, stored: Value, patch: Value, options?: ApplyOptions & ValueOptions):
    { readonly ok: true; readonly value: T | undefined } | Refusal;
  /** Whether it can be applied. */
  validate(policy: Of, stored: Value, patch: Value): Verdict;
}
