// The brand of the account, with the sign-in page as it would look.
import { type FormTarget, hidden, tokenField } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { type FieldView, fieldsOf } from '../frame/fields.ts'
import { command, done, heading, problemAlert, section, table } from '../frame/parts.ts'
import type { Words } from '../message.ts'
import { settingsTabs } from './settings-tabs.ts'

export interface LogoField {
  readonly name: 'logo' | 'darkLogo'
  readonly label: string
  readonly note: string
  readonly problem: Words | undefined
  /** What there is: its size in words. */
  readonly present: string | undefined
}

export interface ContrastRow {
  readonly scheme: string
  readonly use: string
  readonly colour: string
  readonly ratio: string
}

export const brandPage = (p: {
  readonly denied: string | undefined
  readonly done: string | undefined
  readonly target: FormTarget
  readonly version: string
  /** Version of the draft that is shown; empty: what is saved. */
  readonly draft: string
  readonly problem: Words | undefined
  readonly fields: readonly FieldView[]
  readonly logos: readonly LogoField[]
  readonly contrast: readonly ContrastRow[]
  readonly commands: readonly string[]
}): Html => html`${heading({ title: 'Settings' })}
${settingsTabs('brand')}
${done(p.done)}
${p.denied !== undefined && html`<p class="empty">${p.denied}</p>`}
<form class="stack form-column" method="post" action="${p.target.action}" enctype="multipart/form-data" novalidate>${tokenField(p.target.token)}${hidden('version', p.version)}${hidden('draft', p.draft)}${problemAlert(p.problem)}
${fieldsOf(p.fields)}${p.logos.map(logoField)}
${p.denied === undefined && html`<div class="form-acts"><button class="button quiet" type="submit" name="do" value="preview">Preview</button><button class="button primary" type="submit" name="do" value="save">Save</button></div>`}
</form>
${section('Preview', previews(p.draft), p.draft === '' ? 'The sign-in page as people see it now.' : 'The sign-in page as it would be. Nothing is saved yet.')}
${
  p.contrast.length > 0 &&
  section(
    'Contrast',
    table(
      'Contrast',
      [
        { title: 'Colours', cell: (row) => row.scheme },
        { title: 'Of', cell: (row) => row.use },
        { title: 'Colour', cell: (row) => row.colour },
        { title: 'Contrast', cell: (row) => row.ratio },
      ],
      p.contrast,
      '',
    ),
    'Links and edges have a shade of the colour that can be read in each scheme.',
  )
}
${command(p.commands)}`

const logoField = (f: LogoField): Html => {
  const id = `field-${f.name}`
  const about = [`${id}-note`, f.problem !== undefined && `${id}-problem`].filter((one) => one !== false)
  return html`<div class="field"><label for="${id}">${f.label} <span class="optional">optional</span></label><input type="file" id="${id}" name="${f.name}" accept="image/png,image/jpeg,image/webp" aria-describedby="${about.join(' ')}"${f.problem !== undefined && html` aria-invalid="true"`}><p class="note" id="${id}-note">${f.present !== undefined && `Now: ${f.present}. `}${f.note}</p>${f.problem !== undefined && html`<p class="field-problem" id="${id}-problem">${f.problem}</p>`}${f.present !== undefined && html`<div class="choice"><input type="checkbox" id="${id}-remove" name="${f.name}-remove" value="yes"><label for="${id}-remove">Remove it</label></div>`}</div>`
}

const screens = [
  ['light', 'desktop', 'Light, on a desktop'],
  ['dark', 'desktop', 'Dark, on a desktop'],
  ['light', 'phone', 'Light, on a phone'],
  ['dark', 'phone', 'Dark, on a phone'],
] as const

/** Frames of our own origin in which nothing runs, nothing can be sent and nothing has the focus. */
const previews = (draft: string): Html =>
  html`<div class="screens">${screens.map(([scheme, screen, title]) => html`<figure class="screen ${screen}"><div><iframe src="/console/settings/brand/preview?scheme=${scheme}&amp;draft=${encodeURIComponent(draft)}" title="${title}" sandbox="allow-same-origin" inert tabindex="-1" loading="lazy"></iframe></div><figcaption class="note">${title}</figcaption></figure>`)}</div>`
