import type { en } from './en';

export const de: Record<keyof typeof en, string> = {
  'tour.title': 'Eine Beschwerde, von Anfang bis Ende',
  'tour.reset': 'Von vorn',
  'pane.till': 'Die Kasse',
  'pane.phone': 'Das Telefon des Kunden',
  'pane.console': 'Die Konsole',
  'pane.enlarge': 'Vergrößern',
  'network.up': 'Das Netz steht',
  'network.down': 'Das Netz ist getrennt',
  'network.hint_up': 'Die Kasse erreicht den Server. Trennen Sie sie und legen Sie trotzdem ein Ticket an.',
  'network.hint_down': 'Die Kasse erreicht niemanden. Tickets bekommen trotzdem ihren endgültigen Code.',
  'till.kill': 'Kasse abschießen',
  'till.kill_hint': 'Beendet ihren Prozess sofort, wie ein Stromausfall.',
  'till.start': 'Kasse wieder starten',
  'till.dead': 'Die Kasse ist tot',
  'till.dead_hint': 'Was gespeichert wurde, liegt auf ihrer Platte. Starten und nachsehen.',
  'persona.title': 'Anmelden als',
  'phone.empty': 'Noch keine Nachrichten',
  'phone.sms': 'SMS',
  'phone.mail': 'E-Mail',
  'tour.unreachable': 'Die Vorführung antwortet nicht. Läuft sie noch?',
};
