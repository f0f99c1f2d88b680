// The types of a sign-in step. A step shows one page and processes one form, for one request of one interaction. It does not
// choose the next step: steps.ts derives that from what was verified and what the user must still do.

import type { FormTarget } from '../../views/form.ts'
import type { Html } from '../../views/html.ts'
import type { Page } from '../../views/layout.ts'
import type { SetupPosition } from '../../views/sign-in/sign-in-pages.ts'
import type { Upstreams } from '../federation/upstreams.ts'
import type { Passkeys } from '../iam/mfa/passkeys.ts'
import type { TrustedBrowsers } from '../iam/mfa/trusted-browsers.ts'
import type { RequestOrigin } from '../iam/request-origin.ts'
import type { FederatedIdentity, Identities } from '../iam/sign-in/identities.ts'
import type { SignInProvider, SignInProviders } from '../iam/sign-in/providers.ts'
import type { AuthMethod, Interaction, Sessions, SignOutNames } from '../oidc/edge.ts'
import type { Problem } from '../problem.ts'
import type { Form } from '../web/request/body.ts'
import type { SignInCredentials, SignInStatus } from './credentials.ts'

export type StepName = 'password' | 'code' | 'new-password' | 'authenticator' | 'recovery-codes'

/** What was verified so far in this interaction. Stored on the server with the interaction, never in the browser. */
export interface Progress {
  readonly userId: string
  readonly amr: readonly AuthMethod[]
  /** When the first factor was verified, epoch seconds. */
  readonly provenAt: number
  /** The password that was checked (SignInStatus.passwordChangedAt); undefined for a sign-in without it. */
  readonly password?: number | undefined
  /** Serial number of the device whose code was verified, or the name of the passkey. */
  readonly factor?: string | undefined
  /** The person chose to trust this browser when they used their second factor. */
  readonly trustsBrowser?: boolean | undefined
  /** A passkey was the first factor (`factor`). */
  readonly byPasskey?: boolean | undefined
  /** Device being enrolled, so that a reload shows the same QR code. */
  readonly device: string | undefined
  /** Recovery codes were created and the user has not yet confirmed saving them. */
  readonly unsavedCodes: boolean
  /** The set-up steps in order, for `Step 1 of 3`. */
  readonly setup: readonly StepName[]
  /** The identity provider used; undefined for a password of this server. */
  readonly upstream?: UpstreamProgress | undefined
}

export interface UpstreamProgress {
  /** ARN. */
  readonly provider: string
  readonly name: string
  /** What the provider needs for sign-out, such as the ID token. */
  readonly leave?: string | undefined
  /** Keys by which the provider may end this sign-in (federation/sign-out-names.ts). */
  readonly signOutNames?: SignOutNames | undefined
  /** When the provider authenticated the user, epoch seconds; undefined when it does not say. */
  readonly authTime?: number | undefined
  /** Users whom the provider authenticated with one factor must use a second factor here. */
  readonly asksFactor: boolean
}

/** An identity that a provider authenticated and that is connected to no local user. */
export interface UnlinkedIdentity {
  /** The provider's name, and its display title. */
  readonly name: string
  readonly title: string
  readonly identity: FederatedIdentity
  readonly leave?: string | undefined
  readonly signOutNames?: SignOutNames | undefined
  readonly amr: readonly AuthMethod[]
}

/** The user whose first factor was verified: the progress of the sign-in, and the user's current status. */
export interface ProvenUser {
  readonly progress: Progress
  readonly status: SignInStatus
}

/** One request of one interaction. */
export interface SignInRequest {
  readonly interaction: Interaction
  /** Undefined until the first factor was verified. */
  readonly user: ProvenUser | undefined
  /** Will be connected to the user who completes this sign-in. */
  readonly unlinked: UnlinkedIdentity | undefined
  /** The application requires two factors (`acr_values`). */
  readonly wantsSecondFactor: boolean
  /** Id of the trusted browser that stands in for the second factor. */
  readonly trustedBrowser?: string | undefined
  readonly origin: RequestOrigin
  /** Epoch seconds. */
  readonly now: number
  /** Target and CSRF token for this step's form. */
  readonly target: FormTarget
  /** Path of this interaction, `/sign-in/<uid>`. */
  readonly path: string
  /** The alternative selected by the query's `with`, such as a recovery code or a directory. */
  readonly option: string | undefined
}

/** Result of a step's form. */
export type StepResult =
  | { readonly kind: 'proven'; readonly progress: Progress }
  | {
      readonly kind: 'invalid'
      readonly problem: string
      readonly status: 401 | 422
      readonly typed?: string
    }
  /** Verified, with a page that is shown once instead of a redirect. */
  | { readonly kind: 'shown'; readonly progress: Progress; readonly page: Page }
  /** The progress is no longer valid: the sign-in starts again. */
  | { readonly kind: 'restart' }
  /** Authenticated by a provider, but connected to no local user. */
  | { readonly kind: 'unlinked'; readonly unlinked: UnlinkedIdentity }
  /** Refused by a provider, shown as a page with a reference (federation/upstream-refusal.ts). The audit trail has it already. */
  | { readonly kind: 'refused'; readonly provider: SignInProvider; readonly refusal: Problem }
  /** A page that continues to the provider; a form's response may not redirect to another site (CSP `form-action`). */
  | { readonly kind: 'continue-at-provider'; readonly page: Page; readonly to: string }

export interface StepDependencies {
  readonly credentials: SignInCredentials
  readonly passkeys: Pick<
    Passkeys,
    'requestOptions' | 'verify' | 'isPresent' | 'areAllowed' | 'creationOptions' | 'addFirst'
  >
  readonly sessions: Pick<Sessions, 'endOthers' | 'current' | 'endUpstream'>
  readonly providers: Pick<SignInProviders, keyof SignInProviders>
  readonly identities: Pick<Identities, 'signIn' | 'connect'>
  readonly upstreams: Upstreams
  readonly trusted: Pick<TrustedBrowsers, 'daysOf'>
  readonly drawQr: (text: string) => Promise<Html>
  /** Path of the page for a forgotten password; undefined while mail is not configured. */
  readonly forgottenPage: () => string | undefined
  /** Path of the page on which people create an account; undefined when they may not. */
  readonly registerPage: () => Promise<string | undefined>
}

/** Why a form was rejected. */
export interface Failure {
  readonly problem: string
  /** Input that may be shown again: a name, never a secret. */
  readonly typed: string | undefined
}

/** A step's page, and the progress to store when showing it changed something. */
export interface StepPage {
  readonly page: Page
  readonly progress?: Progress
}

export interface Step {
  readonly name: StepName
  /** Whether the sign-in needs this step now. Pure. */
  readonly due: (request: SignInRequest) => boolean
  readonly page: (
    request: SignInRequest,
    deps: StepDependencies,
    failure: Failure | undefined,
  ) => Promise<StepPage> | StepPage
  readonly submit: (request: SignInRequest, form: Form, deps: StepDependencies) => Promise<StepResult>
}

/** The user of a request after the first step. @throws TypeError before it: a bug */
export function userOf(request: SignInRequest): ProvenUser {
  if (request.user === undefined) throw new TypeError('this step comes after the password')
  return request.user
}

/**
 * Whether the user, who has no second factor, must enrol a first one in this sign-in. Not when a provider's second factor counts here; for
 * users of a provider otherwise only when its settings (`requireSecondFactor`) or the application ask for a second factor.
 */
export function enrols({ progress, status }: ProvenUser, wantsSecondFactor: boolean): boolean {
  if (status.hasTotp || status.hasPasskey || progress.amr.includes('mfa')) return false
  return wantsSecondFactor || (status.mustEnrolTotp && (progress.upstream?.asksFactor ?? true))
}

/** Where a step is among the set-up steps; undefined when nothing is being set up. */
export function setupPosition(request: SignInRequest, name: StepName): SetupPosition | undefined {
  const setup = userOf(request).progress.setup
  const at = setup.indexOf(name)
  return at < 0 || setup.length < 2 ? undefined : { number: at + 1, count: setup.length }
}
