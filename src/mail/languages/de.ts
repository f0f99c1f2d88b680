// The texts of messages in German; form and facts: texts.ts.
import type { MailLanguage } from '../texts.ts'

const where = 'Zeit: {at}. Adresse: {address}. Browser: {browser}.'
const notYou =
  'Wenn Sie das nicht waren, ändern Sie Ihr Passwort unter {accountUrl}, beenden Sie die Sitzungen, die Sie nicht kennen, und wenden Sie sich an Ihre Administration.'
const byAdministrator = 'Wenn Sie das nicht erwartet haben, fragen Sie Ihre Administration.'
const ignore =
  'Wenn Sie das nicht angefordert haben, können Sie diese Nachricht ignorieren: Es hat sich nichts geändert.'

export const german: MailLanguage = {
  words: {
    totp: 'Authenticator-App',
    device: 'MFA-Gerät',
    passkey: 'Passkey',
    allFactors: 'alle, durch die Administration',
    none: 'keine',
    unknownBrowser: 'unbekannter Browser',
  },
  texts: {
    test: {
      subject: 'Testnachricht von {organization}',
      body: [
        'Der Mailversand von {host} funktioniert. Diese Nachricht wurde von der Administration zum Test verschickt.',
      ],
    },
    invitation: {
      subject: 'Ihr Konto bei {organization}',
      body: [
        'Für Sie wurde ein Konto bei {organization} angelegt. Ihr Benutzername ist {user}.',
        'Wählen Sie ein Passwort, um es zu nutzen. Der Link gilt einmal, bis {until}.',
      ],
      button: 'Passwort wählen',
      after: ['Wenn Sie {organization} nicht kennen, können Sie diese Nachricht ignorieren.'],
    },
    'password-link': {
      subject: 'Neues Passwort bei {organization} wählen',
      body: [
        'Die Administration schickt Ihnen einen Link, mit dem Sie ein neues Passwort für Ihr Konto {user} bei {organization} wählen.',
        'Der Link gilt einmal, bis {until}. Ihr zweiter Faktor bleibt unverändert.',
      ],
      button: 'Neues Passwort wählen',
      after: [byAdministrator],
    },
    'reset-password': {
      subject: 'Neues Passwort bei {organization} wählen',
      body: [
        'Für Ihr Konto {user} bei {organization} wurde ein neues Passwort angefordert, von der Adresse {address} ({browser}).',
        'Der Link gilt einmal, bis {until}. Ihr zweiter Faktor bleibt unverändert.',
      ],
      button: 'Neues Passwort wählen',
      after: [ignore],
    },
    'no-password': {
      subject: 'Anmelden bei {organization}',
      body: [
        'Für Ihr Konto {user} bei {organization} wurde ein neues Passwort angefordert. Dieses Konto hat hier kein Passwort: Sie melden sich über Ihre Organisation oder einen anderen Anbieter an.',
      ],
      after: [ignore],
    },
    'verify-address': {
      subject: 'Bestätigen Sie Ihre E-Mail-Adresse bei {organization}',
      body: [
        'Diese Adresse wurde für das Konto {user} bei {organization} angegeben. Bestätigen Sie, dass sie Ihnen gehört. Der Link gilt einmal, bis {until}, und Sie müssen sich dafür anmelden.',
      ],
      button: 'Adresse bestätigen',
      after: [ignore],
    },
    'address-changed': {
      subject: 'Ihre E-Mail-Adresse bei {organization} wurde geändert',
      body: [
        'Die E-Mail-Adresse Ihres Kontos {user} bei {organization} wurde geändert in: {newAddress}. Zeit: {at}.',
        'Nachrichten zu Ihrem Konto gehen an die neue Adresse, sobald sie bestätigt ist.',
        byAdministrator,
      ],
    },
    'confirm-registration': {
      subject: 'Schließen Sie die Anmeldung Ihres Kontos bei {organization} ab',
      body: [
        'Mit dieser Adresse wurde ein Konto bei {organization} angefordert. Wählen Sie ein Passwort, um es anzulegen. Der Link gilt einmal, bis {until}.',
      ],
      button: 'Konto anlegen',
      after: [ignore],
    },
    'already-registered': {
      subject: 'Sie haben bereits ein Konto bei {organization}',
      body: [
        'Mit dieser Adresse wurde ein Konto bei {organization} angefordert, Sie haben aber bereits eines: {user}.',
        'Melden Sie sich unter {signInUrl} an. Wenn Sie Ihr Passwort vergessen haben, können Sie dort ein neues anfordern.',
      ],
      after: [ignore],
    },
    'new-sign-in': {
      subject: 'Neue Anmeldung in Ihrem Konto bei {organization}',
      body: [
        'Mit Ihrem Konto {user} hat sich jemand bei {organization} in einem Browser angemeldet, der bisher nicht verwendet wurde.',
        where,
        notYou,
      ],
    },
    'password-changed': {
      subject: 'Ihr Passwort bei {organization} wurde geändert',
      body: ['Das Passwort Ihres Kontos {user} bei {organization} wurde geändert.', where, notYou],
    },
    'password-set': {
      subject: 'Die Administration hat Ihr Passwort bei {organization} geändert',
      body: [
        'Die Administration hat ein Passwort für Ihr Konto {user} bei {organization} gesetzt. Zeit: {at}.',
        byAdministrator,
      ],
    },
    'factor-added': {
      subject: 'Ihrem Konto bei {organization} wurde ein zweiter Faktor hinzugefügt',
      body: [
        'Ihrem Konto {user} bei {organization} wurde ein zweiter Faktor hinzugefügt ({factor}).',
        where,
        notYou,
      ],
    },
    'factor-removed': {
      subject: 'Ein zweiter Faktor Ihres Kontos bei {organization} wurde entfernt',
      body: [
        'Ein zweiter Faktor Ihres Kontos {user} bei {organization} wurde entfernt ({factor}).',
        where,
        notYou,
      ],
    },
    'recovery-codes-replaced': {
      subject: 'Neue Wiederherstellungscodes für Ihr Konto bei {organization}',
      body: [
        'Für Ihr Konto {user} bei {organization} wurden neue Wiederherstellungscodes erstellt. Die bisherigen gelten nicht mehr.',
        where,
        notYou,
      ],
    },
    'access-key-created': {
      subject: 'Für Ihr Konto bei {organization} wurde ein Zugriffsschlüssel erstellt',
      body: [
        'Für Ihr Konto {user} bei {organization} wurde ein Zugriffsschlüssel erstellt. Wer ihn hat, kann in Ihrem Namen handeln. Zeit: {at}. Adresse: {address}.',
        byAdministrator,
      ],
    },
    'mail-server-changed': {
      subject: 'Der Mailserver von {organization} wird geändert',
      body: [
        'Der Mailserver, der die Nachrichten von {organization} verschickt, wird geändert. Bisher: {before}. Neu: {after}.',
        'Durch: {who}. Zeit: {at}. Adresse: {address}.',
        'Sie erhalten diese Nachricht, weil Sie {organization} verwalten. Wenn Sie die Änderung nicht erwartet haben, prüfen Sie sofort {settingsUrl}: Wer den Mailserver betreibt, kann Links lesen, mit denen ein neues Passwort gewählt wird.',
      ],
    },
    'access-approved': {
      subject: 'Sie können bei {organization} jetzt die Rolle {role} annehmen',
      body: [
        'Ihre Anfrage für die Rolle {role} bei {organization} wurde genehmigt. Sie können die Rolle bis {until} annehmen; danach endet der Zugriff von selbst.',
        'Anmerkung der Administration: {answer}',
        'Zugangsdaten erhalten Sie unter {rolesUrl}.',
      ],
    },
    'access-refused': {
      subject: 'Ihre Anfrage für {role} bei {organization} wurde abgelehnt',
      body: [
        'Ihre Anfrage für die Rolle {role} bei {organization} wurde abgelehnt.',
        'Anmerkung der Administration: {answer}',
      ],
    },
    'access-ended': {
      subject: 'Ihr Zugriff auf {role} bei {organization} ist beendet',
      body: [
        'Die Administration hat Ihren Zugriff auf die Rolle {role} bei {organization} beendet. Zugangsdaten, die Sie dafür hatten, gelten nicht mehr.',
        'Sie können ihn unter {rolesUrl} erneut anfragen.',
      ],
    },
  },
}
