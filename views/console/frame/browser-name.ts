// Whose request it was, in short: the browser of a person, or the program.
import { deviceOf } from '../../device.ts'
import { html } from '../../html.ts'
import { t, type Words } from '../message.ts'

/** Characters of the name of a program that is no browser. */
const longestName = 80

/** A browser and its system, or what another program calls itself. @param agent `User-Agent` */
export function browserName(agent: string | undefined): Words {
  if (agent === undefined || agent === '') return t('Unknown')
  const { browser, system } = deviceOf(agent)
  if (browser === undefined) return html`<span class="break">${agent.slice(0, longestName)}</span>`
  return system === undefined ? html`${browser}` : t('{browser} on {system}', { browser, system })
}

/** The same where there is little room: of another program its first product, such as `aws-cli/2.31.0`. */
export const shortClientName = (agent: string | undefined): Words | undefined =>
  agent === undefined || agent === ''
    ? undefined
    : browserName(deviceOf(agent).browser === undefined ? agent.split(' ')[0] : agent)
