// The keys with which this server signs.
import { type FormTarget, tokenField } from '../form.ts'
import { type Html, html } from '../html.ts'
import { act, badge, code, command, done, heading, type ListLinks, listFoot, table, when } from './parts.ts'
import { settingsTabs } from './settings-tabs.ts'

export interface KeyRow {
  readonly id: string
  readonly use: string
  readonly algorithm: string
  readonly state: 'current' | 'next' | 'previous'
  readonly age: string
  readonly activeAt: string
  readonly expiresAt?: string | undefined
}

const states = {
  current: { title: 'Signs', tone: 'good' },
  next: { title: 'Next', tone: 'neutral' },
  previous: { title: 'Only verifies', tone: 'neutral' },
} as const

export const keysPage = (p: {
  readonly keys: readonly KeyRow[]
  readonly links: ListLinks
  /** What keys are for, each with why it may not be rotated. */
  readonly uses: readonly (readonly [string, string | undefined])[]
  readonly done: string | undefined
  readonly commands: readonly string[]
}): Html => html`${heading({ title: 'Settings' })}
${settingsTabs('keys')}
${done(p.done)}
<p class="sub">Keys rotate by themselves. The next one is published before it signs, and an earlier one verifies until the last token has ended.</p>
${table(
  'Keys',
  [
    { title: 'For', cell: (key) => key.use },
    { title: 'Algorithm', cell: (key) => key.algorithm },
    { title: 'State', cell: (key) => badge(states[key.state].title, states[key.state].tone) },
    { title: 'Age', cell: (key) => key.age },
    { title: 'Signs from', cell: (key) => when(key.activeAt) },
    { title: 'Verifies until', cell: (key) => when(key.expiresAt, '–') },
    { title: 'Id', cell: (key) => code(key.id) },
  ],
  p.keys,
  'No keys.',
)}
${listFoot(p.links)}
<div class="acts">${p.uses.map(([use, denied]) => act({ href: `/console/settings/keys/rotate?use=${encodeURIComponent(use)}`, label: `Rotate ${use}`, denied }))}</div>
${command(p.commands)}`

export const rotatePage = (p: {
  readonly use: string
  readonly target: FormTarget
  /** What ends when all earlier keys end at once. */
  readonly endsNow: string
  readonly commands: readonly string[]
}): Html => html`${heading({
  title: `Rotate the ${p.use} keys?`,
  crumb: { href: '/console/settings/keys', title: 'Keys' },
  lead: 'The next key signs from now on. What earlier keys signed is valid until it expires.',
})}
<form class="form-acts" method="post" action="${p.target.action}">${tokenField(p.target.token)}<input type="hidden" name="use" value="${p.use}"><button class="button primary" type="submit" name="do" value="rotate">Rotate</button><a class="button quiet" href="/console/settings/keys">Cancel</a></form>
<section class="ends"><h2>When a key has leaked</h2><p>All earlier keys end at once. What ends with them: ${p.endsNow}.</p>
<form class="form-acts" method="post" action="${p.target.action}">${tokenField(p.target.token)}<input type="hidden" name="use" value="${p.use}"><button class="button danger" type="submit" name="do" value="replace">End all earlier keys now</button></form></section>
${command(p.commands)}`
