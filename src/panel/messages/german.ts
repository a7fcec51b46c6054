import type { PanelMessages } from './panel-messages.js'

export const german: PanelMessages = {
  direction: 'ltr',
  labels: {
    loading: 'Die Lizenz wird gelesen …',
    unreachable: 'Die Verbindung zum Produkt ist abgebrochen. Laden Sie die Seite neu.',
    'signed-out': 'Sie sind nicht mehr angemeldet. Melden Sie sich wieder an und laden Sie diese Seite neu.',
    cancel: 'Abbrechen',
    canceled: 'Abgebrochen. Es hat sich nichts geändert.',
    license: 'Lizenz',
    'state.none': '{product} aktivieren',
    'state.licensed': 'Lizenziert',
    'state.grace': 'Funktioniert vorläufig',
    'state.unlicensed': 'Nicht lizenziert',
    'state.unknown': 'Prüfung nicht möglich',
    'no.refused': 'Dieser Schlüssel wurde nicht angenommen',
    'no.deferred': 'Prüfung nicht möglich',
    'no.failed': 'Das hat nicht geklappt',
    'try-again': 'Versuchen Sie es {soon} wieder ({time}).',
    key: 'Lizenzschlüssel',
    'key.hint': 'Er sieht aus wie FLVR-XXXX-XXXX-XXXX-XXXX und steht in Ihrer Bestellbestätigung.',
    'key.good': 'Der Schlüssel ist vollständig.',
    'key.missing': 'Noch {count} Zeichen.',
    'key.bad': 'Das sieht nicht nach einem Lizenzschlüssel aus. Vergleichen Sie ihn mit Ihrer Bestellbestätigung.',
    activate: 'Aktivieren',
    activating: 'Wird aktiviert …',
    'activate.done': 'Vielen Dank. Dieses Produkt ist einsatzbereit.',
    'activate.other': 'Anderen Schlüssel verwenden',
    renew: 'Lizenz verlängern',
    check: 'Erneut prüfen',
    checking: 'Wird geprüft …',
    'check.done': 'Gerade geprüft.',
    'check.failed': 'Gerade noch einmal versucht, ohne Erfolg.',
    deactivate: 'Hier deaktivieren',
    deactivating: 'Wird deaktiviert …',
    'deactivate.question': 'Die Lizenz auf {domain} deaktivieren?',
    'deactivate.meaning':
      'Dieses Produkt funktioniert dann hier nicht mehr. Die Lizenz kann auf einer anderen Domain verwendet werden.',
    'deactivate.confirm': 'Deaktivieren',
    'deactivate.done': 'Die Lizenz ist hier nicht mehr aktiv.',
    tier: 'Tarif',
    features: 'Funktionen',
    domain: 'Domain',
    'domain.staging': '{domain} (Testumgebung, belegt keinen Platz)',
    expires: 'Gültig bis',
    'expires.never': 'unbegrenzt',
    activations: 'Belegte Domains',
    'activations.of': '{used} von {limit}',
    'activations.unlimited': '{used}, ohne Grenze',
    'last-check': 'Zuletzt geprüft',
    'next-check': 'Nächste Prüfung',
    'grace.left': 'Es funktioniert noch {days}, bis {date}.',
    'grace.last-day': 'Es funktioniert noch bis {date}.',
    'last-attempt': 'Letzter Versuch',
    'limit.meaning': 'Starter erlaubt 1 Domain, Business 3, Agency 25. Testumgebungen zählen nicht.',
    updates: 'Aktualisierungen',
    'updates.installed': 'Version {version} ist installiert.',
    'updates.check': 'Nach Aktualisierungen suchen',
    'updates.checking': 'Nach Aktualisierungen wird gesucht …',
    'updates.none': 'Das ist die neueste Version.',
    'updates.available': 'Version {version} ist verfügbar',
    'updates.about': 'Erschienen am {date} · {size}',
    'updates.mandatory': 'Der Hersteller bittet Sie, diese Version nicht auszulassen.',
    'updates.components': 'Neuere Komponenten: {names}.',
    'updates.download': 'Herunterladen',
    'updates.downloading': 'Version {version} wird heruntergeladen …',
    'updates.downloaded': 'Version {version} wurde heruntergeladen und geprüft:',
    changelog: 'Was ist neu',
    'withheld.product-version':
      'Es gibt eine neuere Version von {name}, die eine andere Version dieses Produkts braucht.',
    withheld:
      'Vielleicht gibt es eine neuere Version von {name}. Ihre Herkunft ließ sich nicht nachweisen, deshalb wird sie nicht angeboten.',
    progress: '{percent} % heruntergeladen',
    'progress.bytes': '{bytes} von {total}',
    'progress.left': 'Fertig {soon}.',
    components: 'Komponenten',
    'components.show': 'Alle Komponenten zeigen',
    'components.refresh': 'Neu laden',
    'components.reading': 'Die Liste der Komponenten wird gelesen …',
    'components.none': 'Dieses Produkt hat keine Komponenten.',
    'components.listed': '{installed} von {count} Komponenten sind installiert.',
    'component.installed': 'Version {version} ist installiert.',
    'component.missing':
      'Version {version} ist installiert, aber ihre Dateien fehlen. Reparieren Sie sie, um sie wiederherzustellen.',
    'component.replaced': 'Eine andere Lizenz hat hier ihre eigene Version dieser Komponente eingesetzt.',
    'component.update': 'Version {version} ist installiert, {newest} ist verfügbar.',
    'component.offered': 'Version {version}, nicht installiert.',
    'component.tier': 'Im Tarif {tier} enthalten, nicht in Ihrer Lizenz.',
    install: 'Installieren',
    installing: '{name} wird installiert …',
    'install.done': '{name} {version} wurde installiert.',
    'install.current': '{name} {version} ist schon die neueste Version.',
    update: 'Aktualisieren',
    repair: 'Reparieren',
    rollback: 'Zurück zu {version}',
    'rollback.question': 'Zurück zu {name} {version}?',
    'rollback.meaning': 'Sie ersetzt die Version, die jetzt in Gebrauch ist und auf diesem Computer bleibt.',
    'rollback.doing': 'Die frühere Version wird eingesetzt …',
    'rollback.done': '{name} {version} wird wieder verwendet.',
    remove: 'Entfernen',
    'remove.question': '{name} entfernen?',
    'remove.meaning': 'Was diese Komponente leistet, funktioniert dann nicht mehr. Sie können sie wieder installieren.',
    'remove.doing': '{name} wird entfernt …',
    'remove.done': '{name} wurde entfernt.',
    diagnostics: 'Diagnose',
    'diagnostics.meaning': 'Für den Support des Verkäufers. Sie enthält keinen Lizenzschlüssel.',
    copy: 'Kopieren',
    copied: 'Kopiert.',
    'copy.selected': 'Markiert. Kopieren Sie es mit der Tastatur.',
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
      'Dieser Lizenzschlüssel gehört zu einem anderen Produkt. Verwenden Sie den Schlüssel für dieses Produkt.',
    'refused.not-activated': 'Auf dieser Domain ist keine Lizenz aktiv. Aktivieren Sie zuerst eine.',
    'refused.not-entitled':
      'Das ist in Ihrer Lizenz nicht enthalten. Fragen Sie den Verkäufer nach einer größeren Lizenz.',
    'refused.tier-not-entitled': 'Das gehört zum Tarif {tier}. Fragen Sie den Verkäufer nach einer größeren Lizenz.',
    'refused.not-newer': 'Diese Version ist nicht neuer als die installierte und wurde deshalb nicht heruntergeladen.',
    'refused.no-such-release':
      'Der Lizenzserver bietet diese Version nicht mehr an. Suchen Sie noch einmal nach Aktualisierungen.',
    'refused.unsafe-filename':
      'Die Datei dieser Version hat einen Namen, der auf diesem Computer nicht sicher ist. Wenden Sie sich an den Verkäufer.',
    'refused.proof-missing':
      'Diese Version trägt nicht die Signatur des Verkäufers und wurde deshalb nicht heruntergeladen. Wenden Sie sich an den Verkäufer.',
    'refused.proof-invalid':
      'Die Signatur dieser Version ist ungültig, deshalb wurde sie nicht heruntergeladen. Wenden Sie sich an den Verkäufer.',
    'refused.proof-expired':
      'Die Signatur dieser Version ist abgelaufen. Suchen Sie noch einmal nach Aktualisierungen.',
    'refused.unsafe-redirect':
      'Der Lizenzserver verwies auf eine Adresse, von der nichts gefahrlos heruntergeladen werden kann. Wenden Sie sich an den Verkäufer.',
    'refused.wrong-file':
      'Die empfangene Datei ist nicht die, die der Verkäufer veröffentlicht hat, und wurde gelöscht. Wenden Sie sich an den Verkäufer.',
    'refused.unknown-component': 'Diese Komponente gibt es nicht.',
    'refused.product-version': 'Die neueste Version dieser Komponente braucht eine andere Version des Produkts.',
    'refused.unsafe-archive':
      'Die Datei dieser Komponente enthält etwas, das nicht hineingehört, und wurde deshalb nicht entpackt. Wenden Sie sich an den Verkäufer.',
    'refused.not-installed': 'Diese Komponente ist nicht installiert.',
    'refused.no-previous-version': 'Es gibt keine frühere Version dieser Komponente.',
    'failed.disk-failed':
      'Auf diesem Computer konnte nicht geschrieben werden. Schaffen Sie Platz oder prüfen Sie die Berechtigungen.',
    'failed.place-taken':
      'An dieser Stelle liegt schon etwas anderes mit demselben Namen. Verschieben Sie es und versuchen Sie es erneut.',
    'failed.held-back': 'Das Produkt hat der Änderung dieser Komponente nicht zugestimmt.',
    'failed.unhealthy':
      'Die neue Version dieser Komponente funktionierte hier nicht, deshalb bleibt die bisherige in Gebrauch.',
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
    'deferred.rate-limited': 'Der Lizenzserver ist gerade ausgelastet.',
    'deferred.over-budget': 'Der Lizenzserver wurde gerade zu oft gefragt.',
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
