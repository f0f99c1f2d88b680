// The use cases that operations of the admin API call; wire/admin.ts opens them. A new family of operations adds a member.

import type { z } from 'zod'
import type { ActivitySummary } from '../audit/summary.ts'
import type { AccessRequests } from '../iam/access-requests/access-requests.ts'
import type { Accounts } from '../iam/account/accounts.ts'
import type { AuditReads } from '../iam/audit/audit-reads.ts'
import type { ReadAuditStatus } from '../iam/audit/audit-status.ts'
import type { AuditViews } from '../iam/audit/audit-views.ts'
import type { ContextEntry } from '../iam/authorization/caller-context.ts'
import type { BrandSettings } from '../iam/brand/brand.ts'
import type { Call } from '../iam/caller.ts'
import type { PolicyTests } from '../iam/managed-policy/tests.ts'
import type { TrustedBrowsers } from '../iam/mfa/trusted-browsers.ts'
import type { Markers } from '../iam/paging.ts'
import type { AccountSettings } from '../iam/people/account-settings.ts'
import type { GroupChanges } from '../iam/people/group-changes.ts'
import type { People } from '../iam/people/people.ts'
import type { PeopleChanges } from '../iam/people/people-changes.ts'
import type { Person } from '../iam/people/person.ts'
import type { PersonSignIns } from '../iam/people/person-sign-ins.ts'
import type { ScimTokens } from '../iam/people/scim-tokens.ts'
import type { ManagedProviderView } from '../iam/provider/managed-provider-view.ts'
import type { ManagedProviders } from '../iam/provider/managed-providers.ts'
import type { Findings } from '../iam/report/findings.ts'
import type { ServerKeys } from '../iam/server-keys.ts'
import type { MadeLink } from '../iam/sign-in/link-token.ts'
import type { OneTimeLinks } from '../iam/sign-in/one-time-links.ts'
import type { ClientAdministration } from '../oidc/clients/administration.ts'
import type { ProviderTrial, TrialInput } from './identity-providers/trial-schemas.ts'
import type { mailProblems, mailServerChange } from './mail-server/schemas.ts'
import type { AdminRevocations } from './sessions/revocations.ts'

/** Sends one-time links by mail. */
export interface LinkMail {
  /** Whether mail is configured now. */
  readonly isConfigured: boolean
  /** Queues the message. @throws Problem('unavailable') when too many wait */
  send(person: Pick<Person, 'id'>, link: MadeLink): Promise<void>
}

/** The SMTP server of the whole server. */
export interface MailServer {
  read(): Promise<MailServerState>
  outbox(): Promise<MailOutbox>
  /**
   * Sets or changes the settings of run time. Undefined leaves a member as it is, null removes it.
   * @throws Problem('unmodifiable') while the configuration file has `mail:`, Problem('validation') with every fault
   */
  change(
    change: MailServerChange,
    by: { readonly who: string; readonly sourceIp: string },
    expect: (version: string) => void,
  ): Promise<{ readonly before: MailServerState; readonly after: MailServerState }>
  /** @throws Problem('not_found') when none are stored @returns what was removed */
  remove(
    by: { readonly who: string; readonly sourceIp: string },
    expect: (version: string) => void,
  ): Promise<MailServerState>
  /**
   * Hands a test message to the mail server, past the outbox.
   * @throws Problem('throttled') after ten in an hour, Problem('unavailable') when mail is not configured
   */
  sendTest(
    sender: {
      /** By which the messages are counted. */
      readonly id: string
      readonly name: string
      readonly userId: string | undefined
      readonly accountId: string
    },
    address: string,
  ): Promise<{
    readonly accepted: boolean
    readonly answer: string
    readonly problem: (typeof mailProblems)[number] | undefined
    readonly advice: string | undefined
  }>
}

export interface MailServerState {
  /** Where the settings in use come from; undefined: mail is not configured. */
  readonly source: 'file' | 'stored' | undefined
  /** Those in use. */
  readonly settings: MailServerSettings | undefined
  /** Of what is stored. */
  readonly version: string
  /** Whether settings of run time are stored, also when those of the file are in use. */
  readonly isStored: boolean
}

/** Without secrets. */
export interface MailServerSettings {
  readonly host: string
  readonly port: number
  readonly security: 'starttls' | 'tls' | 'none'
  /** Name to sign in with there. */
  readonly user: string | undefined
  readonly passwordSet: boolean
  /** `address@host` or `Name <address@host>`. */
  readonly from: string
  readonly replyTo: string | undefined
  readonly bouncesTo: string
  readonly organization: string | undefined
}

/** What is left out stays; null removes a member. */
export type MailServerChange = z.output<typeof mailServerChange>

export interface MailOutbox {
  readonly waiting: number
  /** Epoch seconds. */
  readonly oldestAt: number | undefined
  /** Of the oldest message that waits; undefined when no attempt to send it has failed. */
  readonly failure: { readonly since: number; readonly reason: string } | undefined
}

/** What a connection test of an identity provider found. */
export interface ProviderCheck {
  /** In order; they end with the first that failed. */
  readonly steps: readonly {
    readonly step: string
    readonly ok: boolean
    readonly said?: string | undefined
  }[]
  readonly risks: readonly {
    readonly level: 'high' | 'medium' | 'low'
    readonly what: string
    readonly fix: string
  }[]
}

/** Addresses that the other side has to know. */
export interface ProviderAddresses {
  /** Redirect URI, or assertion consumer service. */
  readonly callback?: string
  /** Where browsers return to after a sign-out there. */
  readonly signedOut?: string
  /** SAML: our metadata, which is our entity id too. */
  readonly metadata?: string
}

/** Identity providers that people sign in with, which are those of the first account. */
export interface IdentityProviders {
  readonly managed: ManagedProviders
  readonly addressesOf: (provider: ManagedProviderView['provider']) => ProviderAddresses
  /** Of a provider that is not there yet. */
  readonly addressesFor: (kind: ManagedProviderView['provider']['kind'], name: string) => ProviderAddresses
  /** Connects to the provider, and looks for risks in its settings; the record need not be stored. */
  readonly check: (provider: ManagedProviderView['provider']) => Promise<ProviderCheck>
  /**
   * Fetches the keys of the provider when a token is to be checked.
   * @throws Problem('invalid_identity_token') for a malformed token, Problem('invalid_input') when nobody signs in with it
   */
  readonly try: (provider: ManagedProviderView['provider'], given: TrialInput) => Promise<ProviderTrial>
}

/** Another operation, for the same caller. */
export interface FurtherOperation {
  /** Of an operation of the table. */
  readonly name: string
  readonly params?: Readonly<Record<string, string>>
  readonly body?: Readonly<Record<string, unknown>>
}

export interface UseCases {
  /** Performs another operation with its permissions and an audit entry of its own. @throws what it throws */
  readonly perform: (call: Call, operation: FurtherOperation) => Promise<unknown>
  /** Whether the caller may do something to every user, without exceptions among them. */
  readonly mayForEveryUser: (call: Call, action: string) => Promise<boolean>
  /** @throws Problem('denied') */
  readonly authorize: (
    call: Call,
    action: string,
    resource: string,
    extra?: readonly ContextEntry[],
  ) => Promise<unknown>
  readonly accounts: Accounts
  readonly people: People
  readonly peopleChanges: PeopleChanges
  readonly clients: ClientAdministration
  readonly identityProviders: IdentityProviders
  /** The account that clients and settings of the whole server belong to. */
  readonly serverAccountId: string
  /** The resource whose tokens let a client ask for decisions. */
  readonly decisionResource: string
  readonly markers: Markers
  readonly settings: AccountSettings
  readonly brand: BrandSettings
  readonly personSignIns: PersonSignIns
  readonly trustedBrowsers: Pick<TrustedBrowsers, 'list' | 'remove' | 'removeAll'>
  readonly links: Pick<OneTimeLinks, 'create' | 'removeAll' | 'isOpen'>
  /** URL of a one-time link. */
  readonly linkUrl: (token: string) => string
  readonly linkMail: LinkMail
  readonly mailServer: MailServer
  readonly groups: GroupChanges
  readonly scimTokens: ScimTokens
  readonly accessRequests: Pick<AccessRequests, 'find' | 'list' | 'approve' | 'refuse' | 'end'>
  readonly revocations: AdminRevocations
  readonly audit: AuditReads
  readonly auditStatus: ReadAuditStatus
  readonly findings: Findings
  readonly auditViews: AuditViews
  readonly auditSummary: ActivitySummary
  readonly keys: ServerKeys
  readonly policyTests: PolicyTests
}
