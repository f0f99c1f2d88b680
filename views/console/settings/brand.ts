// The brand of the account, with the sign-in page as it would look.
import { type FormTarget, hidden, tokenField } from '../../form.ts'
import { type Html, html } from '../../html.ts'
import { type FieldView, fieldsOf } from '../frame/fields.ts'
import { type FileField, fileField } from '../frame/file-field.ts'
import { command, done, heading, problemAlert, section, table, textOf } from '../frame/parts.ts'
import { sentences, t, type Words } from '../message.ts'
import { settingsTabs } from './settings-tabs.ts'

export interface LogoField extends Omit<FileField, 'accept'> {
  readonly name: 'logo' | 'darkLogo'
  /** What there is: its size in words. */
  readonly present: Words | undefined
}

export interface ContrastRow {
  readonly scheme: Words
  readonly use: Words
  readonly colour: Words
  readonly ratio: string
}

export const brandPage = (p: {
  readonly denied: string | undefined
  readonly done: Words | undefined
  readonly target: FormTarget
  readonly version: string
  /** Version of the draft that is shown; empty: what is saved. */
  readonly draft: string
  readonly problem: Words | string | undefined
  readonly fields: readonly FieldView[]
  readonly logos: readonly LogoField[]
  readonly contrast: readonly ContrastRow[]
  readonly commands: readonly string[]
}): Html => html`${heading({ title: t('Settings') })}
${settingsTabs('brand')}
${done(p.done)}
${p.denied !== undefined && html`<p class="empty">${textOf(p.denied)}</p>`}
<form class="stack form-column" method="post" action="${p.target.action}" enctype="multipart/form-data" novalidate>${tokenField(p.target.token)}${hidden('version', p.version)}${hidden('draft', p.draft)}${problemAlert(p.problem)}
${fieldsOf(p.fields)}${p.logos.map(logoField)}
${p.denied === undefined && html`<div class="form-acts"><button class="button quiet" type="submit" name="do" value="preview">${t('Preview')}</button><button class="button primary" type="submit" name="do" value="save">${t('Save')}</button></div>`}
</form>
${section(t('Preview'), previews(p.draft), p.draft === '' ? t('The sign-in page as people see it now.') : t('The sign-in page as it would be. Nothing is saved yet.'))}
${
  p.contrast.length > 0 &&
  section(
    t('Contrast'),
    table(
      t('Contrast'),
      [
        { title: t('Colours'), cell: (row) => row.scheme },
        { title: t('Used for'), cell: (row) => row.use },
        { title: t('Colour'), cell: (row) => row.colour },
        { title: t('Contrast'), cell: (row) => row.ratio },
      ],
      p.contrast,
      '',
    ),
    t('Links and edges have a shade of the colour that can be read in each scheme.'),
  )
}
${command(p.commands)}`

const logoField = ({ present, ...field }: LogoField): Html => {
  const remove = `field-${field.name}-remove`
  return fileField(
    {
      ...field,
      accept: 'image/png,image/jpeg,image/webp',
      note:
        present === undefined ? field.note : sentences([t('Now: {size}.', { size: present }), field.note]),
    },
    present !== undefined &&
      html`<div class="choice"><input type="checkbox" id="${remove}" name="${field.name}-remove" value="yes"><label for="${remove}">${t('Remove it')}</label></div>`,
  )
}

const screens = [
  ['light', 'desktop', t('Light, on a desktop')],
  ['dark', 'desktop', t('Dark, on a desktop')],
  ['light', 'phone', t('Light, on a phone')],
  ['dark', 'phone', t('Dark, on a phone')],
] as const

/** Frames of our own origin in which nothing runs, nothing can be sent and nothing has the focus. */
const previews = (draft: string): Html =>
  html`<div class="screens">${screens.map(([scheme, screen, title]) => html`<figure class="screen ${screen}"><div><iframe src="/console/settings/brand/preview?scheme=${scheme}&amp;draft=${encodeURIComponent(draft)}" title="${title}" sandbox="allow-same-origin" inert tabindex="-1" loading="lazy"></iframe></div><figcaption class="note">${title}</figcaption></figure>`)}</div>`
