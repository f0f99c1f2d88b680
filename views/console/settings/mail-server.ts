// The mail server of the configuration file, and a message that tries it.
import { type FormTarget, tokenField } from '../../form.ts'
import { type Fragment, type Html, html } from '../../html.ts'
import { badge, code, command, facts, heading, problemAlert, refusedButton, section } from '../frame/parts.ts'
import { settingsTabs } from './settings-tabs.ts'

export interface MailServerView {
  readonly configured: boolean
  readonly host?: string | undefined
  readonly port?: number | undefined
  readonly security?: 'starttls' | 'tls' | 'none' | undefined
  readonly user?: string | undefined
  readonly from?: string | undefined
  readonly replyTo?: string | undefined
  readonly bouncesTo?: string | undefined
}

export interface MailTestView {
  readonly to: string
  readonly accepted: boolean
  readonly answer: string
}

const securities = { starttls: 'STARTTLS', tls: 'TLS', none: 'Not encrypted' } as const

export const mailServerPage = (p: {
  readonly server: MailServerView
  /** Why no test may be sent. */
  readonly denied: string | undefined
  readonly target: FormTarget
  readonly tested: MailTestView | undefined
  readonly problem: string | undefined
  readonly commands: readonly string[]
}): Html => html`${heading({ title: 'Settings' })}
${settingsTabs('mail')}
${problemAlert(p.problem)}
${p.tested && testedView(p.tested)}
${p.server.configured ? configured(p.server) : notConfigured}
${p.server.configured && section('Test', p.denied === undefined ? testForm(p.target) : refusedButton('Send a test message', p.denied), 'A message to your own e-mail address, sent now.')}
${command(p.commands)}`

const testForm = (target: FormTarget): Html =>
  html`<form class="form-acts" method="post" action="${target.action}">${tokenField(target.token)}<button class="button primary small" type="submit">Send a test message</button></form>`

/** A status that is announced, whichever way it went. */
const testedView = (p: MailTestView): Html =>
  html`<div class="ends" role="status"><h2>${p.accepted ? 'The mail server took the message' : 'The mail server did not take the message'} ${p.accepted ? badge('Accepted', 'good') : badge('Refused', 'bad')}</h2><p>To <strong>${p.to}</strong>. ${p.accepted && 'Whether it arrives is up to the servers after it. '}It answered:</p><pre class="source" tabindex="0"><code>${p.answer}</code></pre></div>`

const or = (value: string | undefined, otherwise: string): Fragment =>
  value === undefined ? otherwise : code(value)

const configured = (p: MailServerView): Html =>
  facts([
    ['Server', code(`${p.host}:${p.port}`)],
    ['Encryption', p.security === undefined ? '–' : securities[p.security]],
    ['Signs in as', or(p.user, 'Does not sign in')],
    ['From', or(p.from, '–')],
    ['Answers go to', or(p.replyTo, 'The sender')],
    ['Bounces go to', or(p.bouncesTo, 'The sender')],
  ])

const notConfigured = html`<p class="empty">Mail is not configured: links are copied by an administrator, and nobody is notified. Add it to the configuration file, then reload it.</p>
<pre class="source" tabindex="0"><code>mail:
  host: smtp.acme.example
  user: chancery
  password_file: /run/secrets/smtp-password
  from: Acme &lt;sign-in@acme.example&gt;</code></pre>`
