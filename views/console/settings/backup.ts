// How a backup is made: by command, because it has everything in it and so must not leave by a browser.
import { type Html, html } from '../../html.ts'
import { caution, command, heading, section } from '../frame/parts.ts'
import { t } from '../message.ts'
import { settingsTabs } from './settings-tabs.ts'

export const backupPage = (p: { readonly commands: readonly string[] }): Html => html`${heading({
  title: t('Settings'),
})}
${settingsTabs('backup')}
<p class="sub">${t('A backup is one file with every record of all accounts, as they are at one moment. The server goes on meanwhile. It is made by a command where the server runs, never by a browser: whoever has the file and the master key has everything.')}</p>
${section(t('Back up now'), html`<pre class="source" tabindex="0"><code>npx chancery backup --out chancery.jsonl.gz</code></pre>`, t('In the directory and with the environment of the server.'))}
${caution(t('The master key is not in it. Keep a copy of the directory `keys/` apart: without it the backup is worth nothing.'))}
${section(t('Restore'), html`<pre class="source" tabindex="0"><code>npx chancery restore chancery.jsonl.gz</code></pre>`, t('Into a new, empty store. What was changed, revoked or spent after the backup is as it was then.'))}
${command(p.commands)}`
