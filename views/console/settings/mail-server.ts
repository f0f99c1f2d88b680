// The mail server: what is in use and where it is set, its form, a message that tries it, and what waits to be sent.
import { type FormTarget, tokenField } from '../../form.ts'
import { type Fragment, type Html, html, type Translate } from '../../html.ts'
import { type FieldView, formOf } from '../frame/fields.ts'
import {
  act,
  badge,
  caution,
  code,
  command,
  done,
  facts,
  heading,
  problemAlert,
  refusedButton,
  section,
  textOf,
  when,
} from '../frame/parts.ts'
import { sentences, t, type Words } from '../message.ts'
import { settingsTabs } from './settings-tabs.ts'

export interface MailServerView {
  readonly configured: boolean
  readonly source?: 'file' | 'stored' | undefined
  readonly stored: boolean
  readonly host?: string | undefined
  readonly port?: number | undefined
  readonly security?: 'starttls' | 'tls' | 'none' | undefined
  readonly user?: string | undefined
  readonly from?: string | undefined
  readonly replyTo?: string | undefined
  readonly bouncesTo?: string | undefined
  readonly organization?: string | undefined
  readonly outbox?: OutboxView | undefined
}

interface OutboxView {
  readonly waiting: number
  readonly oldestAt?: string | undefined
  readonly failingSince?: string | undefined
  readonly lastFailure?: string | undefined
}

export interface MailTestView {
  readonly to: string
  readonly accepted: boolean
  readonly answer: string
  readonly problem?: keyof typeof refusals | undefined
  readonly advice?: string | undefined
}

export interface MailServerPage {
  readonly server: MailServerView
  readonly version: string
  readonly fields: readonly FieldView[]
  /** Why the settings may not be changed, not removed, and no test be sent. */
  readonly denied: string | undefined
  readonly deniedDelete: string | undefined
  readonly deniedTest: string | undefined
  readonly token: string
  readonly done: Words | undefined
  readonly tested: MailTestView | undefined
  /** What is wrong with the form. */
  readonly problem: Words | string | undefined
  /** Why no test was sent. */
  readonly testProblem: Words | string | undefined
  readonly commands: readonly string[]
}

export const mailPath = '/console/settings/mail'

export const mailServerPage = (p: MailServerPage): Html => html`${heading({ title: t('Settings') })}
${settingsTabs('mail')}
${done(p.done)}
${problemAlert(p.testProblem)}
${p.tested && testedView(p.tested)}
${!p.server.configured && html`<p class="empty">${t('Mail is not configured: links are copied by an administrator, and nobody is notified.')}</p>`}
${p.server.source === 'file' && caution(setInFile(p.server))}
${p.server.source === 'file' ? configured(p.server) : settings(p)}
${p.server.configured && section(t('Test'), testForm(p), t('A message to your own e-mail address, sent now with the settings that are saved.'))}
${p.server.outbox && (p.server.configured || p.server.outbox.waiting > 0) && outboxView(p.server.outbox)}
${p.server.stored && section(t('Remove'), html`<div class="form-acts">${act({ href: `${mailPath}/delete`, label: t('Remove the mail server…'), denied: p.deniedDelete, look: 'danger' })}</div>`, t('Nothing is sent any more, and pages no longer offer what needs mail.'))}
${command(p.commands)}`

const setInFile = ({ stored }: MailServerView): Fragment =>
  sentences([
    t('Set in the configuration file: change `mail:` there, then reload it.'),
    ...(stored
      ? [t('What was saved here before is stored too, and counts again when the file has no mail.')]
      : []),
  ])

/** The form; for whoever may not change it, what is set. */
const settings = (p: MailServerPage): Html =>
  p.denied === undefined
    ? section(
        t('Server'),
        html`<div class="form-column">${formOf({
          target: { action: mailPath, token: p.token },
          fields: p.fields,
          problem: p.problem,
          submit: t('Save'),
          hidden: { version: p.version },
        })}</div>`,
      )
    : html`${p.server.configured && configured(p.server)}${refusedButton(p.server.configured ? t('Change') : t('Set up'), p.denied)}`

const testForm = ({ deniedTest, token }: MailServerPage): Html => {
  const label = t('Send a test message to me')
  const target: FormTarget = { action: `${mailPath}/test`, token }
  return deniedTest === undefined
    ? html`<form class="form-acts" method="post" action="${target.action}">${tokenField(target.token)}<button class="button quiet small" type="submit">${label}</button></form>`
    : refusedButton(label, deniedTest)
}

const refusals = {
  'host-not-found': t('The mail server was not found'),
  'not-allowed': t('This mail server may not be used'),
  unreachable: t('The mail server could not be reached'),
  certificate: t('The certificate of the mail server is not valid'),
  encryption: t('The mail server does not have this encryption here'),
  login: t('The mail server refused the sign-in'),
  sender: t('The mail server refused the sender'),
  recipient: t('The mail server refused your address'),
  message: t('The mail server refused the message'),
  other: t('The mail server did not take the message'),
} as const

/** A status that is announced, whichever way it went. */
const testedView = (p: MailTestView): Html =>
  html`<div class="ends" role="status"><h2>${p.accepted ? t('The mail server took the message') : refusals[p.problem ?? 'other']} ${p.accepted ? badge(t('Accepted'), 'good') : badge(t('Not sent'), 'bad')}</h2>${p.advice !== undefined && html`<p>${textOf(p.advice)}</p>`}<p>${sentences(
    [
      t('To {address}.', { address: html`<strong>${p.to}</strong>` }),
      ...(p.accepted ? [t('Whether it arrives is up to the servers after it.')] : []),
      t('The answer:'),
    ],
  )}</p><pre class="source" tabindex="0"><code>${({ knownText }: Translate) => knownText(p.answer)}</code></pre></div>`

const outboxView = (p: OutboxView): Html =>
  section(
    t('Waiting to be sent'),
    facts([
      [t('Messages'), String(p.waiting)],
      ...(p.oldestAt === undefined ? [] : [[t('The oldest since'), when(p.oldestAt)] as const]),
      ...(p.failingSince === undefined
        ? []
        : [[t('Could not be sent since'), when(p.failingSince)] as const]),
      ...(p.lastFailure === undefined ? [] : [[t('Because'), textOf(p.lastFailure)] as const]),
    ]),
    t(
      'Of all people. Each is tried again until its time is over: a link as long as it is valid, a notice for a day.',
    ),
  )

const or = (value: string | undefined, otherwise: Words): Fragment =>
  value === undefined ? otherwise : code(value)

const securities = { starttls: html`${'STARTTLS'}`, tls: html`${'TLS'}`, none: t('Not encrypted') } as const

const configured = (p: MailServerView): Html =>
  facts([
    [t('Server'), code(`${p.host}:${p.port}`)],
    [t('Encryption'), p.security === undefined ? '–' : securities[p.security]],
    [t('Signs in as'), or(p.user, t('Does not sign in'))],
    [t('Sender'), or(p.from, html`–`)],
    [t('Reply to'), or(p.replyTo, t('The sender'))],
    [t('Bounces go to'), or(p.bouncesTo, t('The sender'))],
    ...(p.organization === undefined ? [] : [[t('Organization'), p.organization] as const]),
  ])
