import type { PanelMessages } from './panel-messages.js'

export const german: PanelMessages = {
  direction: 'ltr',
  labels: {
    loading: 'Die Lizenz wird gelesen …',
    unreachable: 'Die Verbindung zum Produkt ist abgebrochen. Laden Sie die Seite neu.',
    license: 'Lizenz',
    'state.none': 'Noch keine Lizenz',
    'state.licensed': 'Lizenziert',
    'state.grace': 'Funktioniert vorläufig',
    'state.unlicensed': 'Nicht lizenziert',
    'state.unknown': 'Nicht prüfbar',
    key: 'Lizenzschlüssel',
    'key.hint': 'Er sieht aus wie FLVR-XXXX-XXXX-XXXX-XXXX und steht in Ihrer Bestellbestätigung.',
    'key.good': 'Das hat die Form eines Lizenzschlüssels.',
    'key.missing': 'Noch {count} Zeichen.',
    'key.bad': 'Das sieht nicht nach einem Lizenzschlüssel aus. Vergleichen Sie ihn mit Ihrer Bestellbestätigung.',
    activate: 'Aktivieren',
    activating: 'Wird aktiviert …',
    'activate.done': 'Die Lizenz ist aktiv.',
    'activate.other': 'Anderen Schlüssel verwenden',
    renew: 'Lizenz verlängern',
    check: 'Erneut prüfen',
    checking: 'Wird geprüft …',
    'check.done': 'Geprüft.',
    deactivate: 'Hier deaktivieren',
    'deactivate.question': 'Die Lizenz auf {domain} deaktivieren?',
    'deactivate.meaning':
      'Dieses Produkt funktioniert dann hier nicht mehr. Die Lizenz kann auf einer anderen Domain verwendet werden.',
    'deactivate.confirm': 'Deaktivieren',
    'deactivate.done': 'Die Lizenz ist hier nicht mehr aktiv.',
    cancel: 'Abbrechen',
    tier: 'Tarif',
    features: 'Funktionen',
    'features.none': 'keine über den Tarif hinaus',
    domain: 'Domain',
    'domain.staging': '{domain} (Testumgebung, belegt keinen Platz)',
    expires: 'Gültig bis',
    'expires.never': 'unbegrenzt',
    activations: 'Belegte Domains',
    'activations.of': '{used} von {limit}',
    'activations.unlimited': '{used}, ohne Grenze',
    'last-check': 'Zuletzt geprüft',
    'next-check': 'Nächste Prüfung',
    'grace.left': 'Es funktioniert noch {days} Tage, bis {date}.',
    'grace.last-day': 'Es funktioniert noch bis {date}.',
    'last-attempt': 'Letzter Versuch',
    'limit.meaning':
      'Eine Starter-Lizenz gilt für 1 Domain, Business für 3, Agency für 25; Testumgebungen zählen nicht. Deaktivieren Sie sie, wo Sie sie nicht mehr brauchen, oder fragen Sie den Verkäufer nach einer größeren.',
    diagnostics: 'Diagnose',
    'diagnostics.meaning': 'Für den Support des Verkäufers. Enthält keinen Lizenzschlüssel.',
    copy: 'Kopieren',
    copied: 'Kopiert.',
  },
  sentences: {
    'verdict.licensed': 'Die Lizenz ist aktiv.',
    'verdict.grace.not-asked-yet': 'Die Lizenz funktioniert und wird bald wieder geprüft.',
    'verdict.grace.expired':
      'Die Lizenz ist abgelaufen. Verlängern Sie sie bald, damit dieses Produkt weiter funktioniert.',
    'verdict.grace': 'Die Lizenz funktioniert vorläufig, konnte aber nicht geprüft werden.',
    'verdict.unlicensed.not-activated':
      'Die Lizenz ist auf dieser Domain nicht aktiviert. Aktivieren Sie sie hier, um dieses Produkt zu verwenden.',
    'verdict.unlicensed.expired': 'Die Lizenz ist abgelaufen. Verlängern Sie sie, um dieses Produkt zu verwenden.',
    'verdict.unlicensed.revoked':
      'Die Lizenz wurde widerrufen. Wenden Sie sich an den Verkäufer, wenn Sie das für einen Irrtum halten.',
    'verdict.unlicensed.deactivated':
      'Die Lizenz wurde hier deaktiviert. Geben Sie einen Lizenzschlüssel ein, um dieses Produkt zu verwenden.',
    'verdict.unlicensed.grace-over':
      'Die Lizenz konnte zu lange nicht geprüft werden. Verbinden Sie diesen Computer mit dem Internet und prüfen Sie sie erneut.',
    'verdict.unlicensed.clock':
      'Die Uhr dieses Computers geht nach. Stellen Sie Datum und Uhrzeit oder verbinden Sie diesen Computer mit dem Internet und prüfen Sie die Lizenz erneut.',
    'verdict.unknown.not-checked': 'Die Lizenz wurde noch nicht geprüft.',
    'verdict.unknown.no-record':
      'Hier wurde noch keine Lizenz aktiviert. Geben Sie einen Lizenzschlüssel ein, um dieses Produkt zu aktivieren.',
    'verdict.unknown.record-unreadable':
      'Die Lizenz auf diesem Computer konnte nicht gelesen werden. Geben Sie den Lizenzschlüssel noch einmal ein; das belegt keinen weiteren Platz.',
    'verdict.unknown.proof-missing':
      'Die Lizenz konnte noch nicht geprüft werden. Verbinden Sie diesen Computer mit dem Internet und prüfen Sie sie erneut.',
    'refused.invalid-key':
      'Das ist kein Lizenzschlüssel. Ein Schlüssel sieht aus wie FLVR-XXXX-XXXX-XXXX-XXXX; kopieren Sie ihn aus der Bestellbestätigung.',
    'refused.not-found': 'Diesen Lizenzschlüssel gibt es nicht. Vergleichen Sie ihn mit der Bestellbestätigung.',
    'refused.expired': 'Diese Lizenz ist abgelaufen. Verlängern Sie sie und versuchen Sie es erneut.',
    'refused.revoked':
      'Diese Lizenz wurde widerrufen. Wenden Sie sich an den Verkäufer, wenn Sie das für einen Irrtum halten.',
    'refused.limit-reached':
      'Diese Lizenz ist bereits auf so vielen Domains aktiv, wie sie erlaubt. Deaktivieren Sie eine davon oder wählen Sie eine größere Lizenz.',
    'refused.wrong-product':
      'Dieser Lizenzschlüssel gehört zu einem anderen Produkt. Verwenden Sie den, der mit diesem kam.',
    'refused.not-activated': 'Auf dieser Domain ist keine Lizenz aktiv. Aktivieren Sie zuerst eine.',
    'refused.not-entitled': 'Das ist in dieser Lizenz nicht enthalten. Eine größere enthält es.',
    'refused.offline-license':
      'Diese Lizenz wurde aus einer Datei installiert und fragt keinen Server. Bitten Sie den Verkäufer um Dateien für Aktualisierungen oder aktivieren Sie einen Lizenzschlüssel.',
    'deferred.name-not-resolved':
      'Der Lizenzserver wurde nicht gefunden. Prüfen Sie die Internetverbindung und versuchen Sie es erneut.',
    'deferred.connection-refused':
      'Der Lizenzserver hat die Verbindung abgelehnt. Prüfen Sie, dass keine Firewall sie blockiert, und versuchen Sie es erneut.',
    'deferred.connection-lost': 'Die Verbindung zum Lizenzserver ist abgebrochen. Versuchen Sie es gleich noch einmal.',
    'deferred.timeout':
      'Der Lizenzserver hat nicht rechtzeitig geantwortet. Prüfen Sie die Internetverbindung und versuchen Sie es erneut.',
    'deferred.tls-failed':
      'Die sichere Verbindung zum Lizenzserver konnte nicht geprüft werden. Vielleicht greift eine Firewall oder ein Virenschutz ein, oder das Datum dieses Computers ist falsch.',
    'deferred.proxy-failed':
      'Der Proxy hat die Anfrage nicht zum Lizenzserver durchgelassen. Prüfen Sie die Proxy-Einstellungen.',
    'deferred.network-failed':
      'Der Lizenzserver war nicht erreichbar. Prüfen Sie die Internetverbindung und versuchen Sie es erneut.',
    'deferred.too-large':
      'Die Antwort des Lizenzservers ist zu groß, um echt zu sein. Versuchen Sie es später noch einmal.',
    'deferred.not-json':
      'Etwas anderes als der Lizenzserver hat geantwortet, etwa eine Anmeldeseite des Netzwerks. Öffnen Sie eine Webseite, um sich anzumelden, und versuchen Sie es erneut.',
    'deferred.redirected':
      'Die Anfrage wurde umgeleitet, was der Lizenzserver nie tut. Prüfen Sie das Netzwerk und die Adresse des Lizenzservers.',
    'deferred.unexpected-answer':
      'Dieses Produkt versteht die Antwort des Lizenzservers nicht. Versuchen Sie es später noch einmal.',
    'deferred.wrong-route':
      'Unter dieser Adresse gibt es keinen Lizenzserver. Prüfen Sie die Adresse des Lizenzservers.',
    'deferred.hub-failed': 'Der Lizenzserver hat gerade ein Problem. Versuchen Sie es in ein paar Minuten noch einmal.',
    'deferred.rate-limited': 'Der Lizenzserver ist ausgelastet. Warten Sie eine Minute und versuchen Sie es erneut.',
    'deferred.over-budget':
      'Der Lizenzserver wurde in der letzten Minute zu oft gefragt. Warten Sie eine Minute und versuchen Sie es erneut.',
    'deferred.refused': 'Der Lizenzserver hat die Anfrage nicht angenommen.',
    'deferred.proof-missing':
      'Die Antwort trug nicht die Signatur des Lizenzservers, deshalb wurde ihr nicht geglaubt.',
    'deferred.outdated-answer':
      'Der Lizenzserver hat weniger gemeldet als zuvor, deshalb wurde der Antwort nicht geglaubt. Versuchen Sie es später erneut.',
    'deferred.proof-invalid':
      'Die Signatur der Antwort gilt nicht für diese Anfrage, deshalb wurde ihr nicht geglaubt.',
    'deferred.failed-here':
      'Auf diesem Computer ist beim Prüfen der Lizenz etwas fehlgeschlagen. Versuchen Sie es gleich noch einmal.',
  },
}
