// The words the steps are written in. A step knows one visit (one request of one interaction), shows one page and takes
// one form. It never names the step after it: steps.ts finds that anew from what was proven and what still stands.

import type { FormTarget } from '../../views/form.ts'
import type { Html } from '../../views/html.ts'
import type { Page } from '../../views/layout.ts'
import type { Upstreams } from '../federation/upstreams.ts'
import type { Arriving, Identities } from '../iam/sign-in/identities.ts'
import type { SignInProvider, SignInProviders } from '../iam/sign-in/providers.ts'
import type { AuthMethod, Interaction, Sessions, SignOutNames } from '../oidc/edge.ts'
import type { Problem } from '../problem.ts'
import type { Form } from '../web/body.ts'
import type { From, SignInCredentials, Standing } from './credentials.ts'

export type StepName = 'password' | 'code' | 'new-password' | 'authenticator' | 'recovery-codes'

/** What this browser has proven so far in this interaction. Kept by the server with the interaction, never by the browser. */
export interface Progress {
  readonly userId: string
  readonly amr: readonly AuthMethod[]
  /** When the password was checked, epoch seconds. */
  readonly provenAt: number
  /** Which password it was (Standing.passwordChangedAt); undefined: they came through an identity provider. */
  readonly password?: number | undefined
  /** Serial number of the device whose code was typed. */
  readonly factor?: string | undefined
  /** Device being enrolled: the same QR code until it is done. */
  readonly device: string | undefined
  /** Recovery codes were made here and not yet said to be saved. */
  readonly unsavedCodes: boolean
  /** The steps that set something up, in order, so that the person sees how many there are. */
  readonly setup: readonly StepName[]
  /** The identity provider they came through; undefined: their own password here. */
  readonly upstream?: UpstreamProgress | undefined
}

export interface UpstreamProgress {
  /** ARN. */
  readonly provider: string
  readonly name: string
  /** What signing out there takes. */
  readonly leave?: string | undefined
  /** By what the provider names this sign-in when it ends it (sign-out-names.ts). */
  readonly signOutNames?: SignOutNames | undefined
  /** When they proved themselves there; undefined: now, as far as we know. */
  readonly authTime?: number | undefined
  /** Whom it gave one factor must show one of ours. */
  readonly asksFactor: boolean
}

/** Somebody an identity provider vouched for, whom nobody here knows yet. */
export interface Stranger {
  /** The provider's name, and what its button says. */
  readonly name: string
  readonly title: string
  readonly arriving: Arriving
  readonly leave?: string | undefined
  readonly signOutNames?: SignOutNames | undefined
  readonly amr: readonly AuthMethod[]
}

/** Someone who has proven a password, and who they are now. */
export interface Known {
  readonly progress: Progress
  readonly standing: Standing
}

export interface Visit {
  readonly interaction: Interaction
  readonly known: Known | undefined
  /** Waits to be connected to whoever signs in now. */
  readonly stranger: Stranger | undefined
  /** True when no class of authentication below two factors will do. */
  readonly wantsSecondFactor: boolean
  readonly from: From
  /** Epoch seconds. */
  readonly now: number
  /** A form of this step. */
  readonly target: FormTarget
  /** Path of this interaction, `/sign-in/<uid>`. */
  readonly path: string
  /** Which of two ways a page offers was asked for, by its query. */
  readonly way: string | undefined
}

export type Outcome =
  | { readonly kind: 'proven'; readonly progress: Progress }
  | { readonly kind: 'again'; readonly problem: string; readonly status: 401 | 422; readonly typed?: string }
  /** Proven, and a page that is shown this once instead of a redirect. */
  | { readonly kind: 'shown'; readonly progress: Progress; readonly page: Page }
  /** What was proven no longer holds. */
  | { readonly kind: 'restart' }
  /** Vouched for by a provider, but nobody here. */
  | { readonly kind: 'stranger'; readonly stranger: Stranger }
  /** Refused by a provider with a reason of its own page (upstream-refusal.ts); it is on the audit trail. */
  | { readonly kind: 'refused'; readonly provider: SignInProvider; readonly refusal: Problem }
  /** On to another page of this site that leads elsewhere: forms may not be redirected to other sites (CSP). */
  | { readonly kind: 'onward'; readonly page: Page; readonly to: string }

export interface StepParts {
  readonly credentials: SignInCredentials
  readonly sessions: Pick<Sessions, 'endOthers' | 'current' | 'endUpstream'>
  readonly providers: SignInProviders
  readonly identities: Pick<Identities, 'signIn' | 'connect'>
  readonly upstreams: Upstreams
  readonly drawQr: (text: string) => Html
}

export interface Failure {
  readonly problem: string
  /** What they typed that may be shown again: a name, never a secret. */
  readonly typed: string | undefined
}

/** A page, and what showing it added to what the server remembers. */
export interface Asked {
  readonly page: Page
  readonly progress?: Progress
}

export interface Step {
  readonly name: StepName
  /** Whether this stands between the visitor and a session. Pure. */
  readonly due: (visit: Visit) => boolean
  readonly page: (visit: Visit, parts: StepParts, failure: Failure | undefined) => Promise<Asked> | Asked
  readonly accept: (visit: Visit, form: Form, parts: StepParts) => Promise<Outcome>
}

/** The part of a visit that only someone with a proven password has. */
export function knownOf(visit: Visit): Known {
  if (visit.known === undefined) throw new TypeError('this step comes after the password')
  return visit.known
}

/**
 * Whether a first second factor is enrolled on the way. Not for who showed one elsewhere that counts here; and for others
 * who came another way only where the provider's settings ask for it.
 */
export function enrols({ progress, standing }: Known, wantsSecondFactor: boolean): boolean {
  if (standing.hasTotp || progress.amr.includes('mfa')) return false
  return wantsSecondFactor || (standing.mustEnrolTotp && (progress.upstream?.asksFactor ?? true))
}

/** `Step 1 of 3`, or undefined when nothing is being set up. */
export function placeOf(visit: Visit, name: StepName): string | undefined {
  const setup = knownOf(visit).progress.setup
  const at = setup.indexOf(name)
  return at < 0 || setup.length < 2 ? undefined : `Step ${at + 1} of ${setup.length}`
}
