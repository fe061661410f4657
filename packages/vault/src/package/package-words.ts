/**
 * The words of the pages that a package shows to people, in the languages of the portal. The files for signing
 * (`declarations/`) are in English, the language of the rule that they serve.
 * @module
 */

/** The words of one language. */
export type PackageWords = {
  readonly timeline: string;
  readonly report: string;
  readonly reportLead: string;
  readonly readme: string;
  readonly facts: string;
  readonly items: string;
  readonly utc: string;
  readonly local: string;
  readonly what: string;
  readonly item: string;
  readonly by: string;
  readonly reason: string;
  readonly kind: Readonly<Record<string, string>>;
  readonly action: Readonly<Record<string, string>>;
  readonly field: Readonly<Record<string, string>>;
  readonly leftOut: string;
  readonly sealed: string;
  readonly pending: string;
  readonly minor: string;
  readonly custody: string;
  readonly stamps: string;
  readonly check: string;
  readonly openFirst: string;
  /** The device's clock and the service's: at most a minute apart, or more, and the time by the service's clock. */
  readonly clockClose: string;
  readonly clockFast: string;
  readonly clockSlow: string;
};

const en: PackageWords = {
  timeline: 'Timeline',
  report: 'Evidence report',
  reportLead:
    'This report lists what a person saved, when, and how each file can be checked. It states facts of the record; it draws no conclusion.',
  readme: 'How to read this package',
  facts: 'The case',
  items: 'Items',
  utc: 'Time (UTC)',
  local: 'Local time',
  what: 'What happened',
  item: 'Item',
  by: 'By',
  reason: 'Note',
  kind: {
    screenshot: 'Screenshot',
    'page-capture': 'Saved page',
    'message-export': 'Messages',
    email: 'E-mail',
    link: 'Link',
    notice: 'Notice sent',
    reply: 'Reply received',
    note: 'Note',
    'hand-over': 'Link to hand over (may show someone under 18)',
  },
  action: {
    created: 'Record begun',
    captured: 'Captured',
    imported: 'Brought in',
    sealed: 'Sealed',
    stamped: 'Time-stamped',
    'viewed-shielded': 'Covered copy looked at',
    'viewed-original': 'Original looked at',
    exported: 'Put into a package',
    'shared-with': 'Handed over',
    verified: 'Checked',
    superseded: 'Replaced by a better item',
    'deletion-scheduled': 'Deletion planned',
    erased: 'Erased',
    shown: 'Time shown by the platform',
  },
  field: {
    id: 'Item',
    kind: 'Kind',
    link: 'Link as typed',
    resolved: 'Link as it led',
    redirects: 'On the way',
    platform: 'Platform',
    post: 'Post or message id',
    handle: 'Account handle',
    account: 'Stable account id',
    name: 'Name shown',
    shown: 'Time shown there',
    captured: 'Captured (UTC)',
    clock: 'Clock against the server',
    method: 'How it was taken',
    software: 'Software',
    browser: 'Browser',
    server: 'Server answer',
    capturedBy: 'Captured by',
    depicted: 'Person shown',
    consent: 'Consent',
    age: 'Age statement',
    fingerprints: 'PDQ fingerprints',
    visibility: 'Visible to',
    views: 'Views',
    likes: 'Likes',
    threats: 'Threats present',
    notices: 'Linked items',
    shielded: 'Covered copy',
    notes: 'Notes of the person',
    files: 'Files',
    sum: 'SHA-256',
    case: 'Case name (means nothing)',
    package: 'Package',
    created: 'Made (UTC)',
    to: 'Handed over to',
    fingerprint: 'Key fingerprint',
    jurisdictions: 'Jurisdictions',
    contact: 'How to reach the person',
    generator: 'Made with',
  },
  leftOut: 'not in this package; kept by the person, who can show it',
  sealed: 'in this package, sealed to named recipients',
  pending: 'time stamp asked for, none received yet',
  minor:
    'No picture, no copy and no fingerprint of this link was made. Report it to the police or a hotline.',
  custody: 'Who did what',
  stamps: 'Time stamps',
  check: 'How to check it',
  openFirst: 'Open verify.html and choose this package, or use the commands in README.txt.',
  clockClose: 'The device’s clock was within a minute of the service’s ({n} s).',
  clockFast:
    'The device’s clock was {apart} ahead of the service’s. By the service’s clock it was captured at {at}.',
  clockSlow:
    'The device’s clock was {apart} behind the service’s. By the service’s clock it was captured at {at}.',
};

const es: PackageWords = {
  timeline: 'Cronología',
  report: 'Informe de pruebas',
  reportLead:
    'Este informe enumera lo que una persona guardó, cuándo, y cómo se comprueba cada archivo. Recoge datos del registro; no saca conclusiones.',
  readme: 'Cómo leer este paquete',
  facts: 'El caso',
  items: 'Elementos',
  utc: 'Hora (UTC)',
  local: 'Hora local',
  what: 'Qué pasó',
  item: 'Elemento',
  by: 'Quién',
  reason: 'Nota',
  kind: {
    screenshot: 'Captura de pantalla',
    'page-capture': 'Página guardada',
    'message-export': 'Mensajes',
    email: 'Correo',
    link: 'Enlace',
    notice: 'Aviso enviado',
    reply: 'Respuesta recibida',
    note: 'Nota',
    'hand-over': 'Enlace para entregar (puede mostrar a un menor de 18)',
  },
  action: {
    created: 'Registro iniciado',
    captured: 'Capturado',
    imported: 'Incorporado',
    sealed: 'Sellado',
    stamped: 'Con sello de tiempo',
    'viewed-shielded': 'Copia cubierta vista',
    'viewed-original': 'Original visto',
    exported: 'Puesto en un paquete',
    'shared-with': 'Entregado',
    verified: 'Comprobado',
    superseded: 'Sustituido por otro mejor',
    'deletion-scheduled': 'Borrado previsto',
    erased: 'Borrado',
    shown: 'Hora que muestra la plataforma',
  },
  field: {
    id: 'Elemento',
    kind: 'Tipo',
    link: 'Enlace tal como se escribió',
    resolved: 'Enlace al que llevó',
    redirects: 'Por el camino',
    platform: 'Plataforma',
    post: 'Id de la publicación o mensaje',
    handle: 'Nombre de la cuenta',
    account: 'Id estable de la cuenta',
    name: 'Nombre mostrado',
    shown: 'Hora que se ve allí',
    captured: 'Capturado (UTC)',
    clock: 'Reloj frente al servidor',
    method: 'Cómo se tomó',
    software: 'Programa',
    browser: 'Navegador',
    server: 'Respuesta del servidor',
    capturedBy: 'Capturado por',
    depicted: 'Persona mostrada',
    consent: 'Consentimiento',
    age: 'Declaración de edad',
    fingerprints: 'Huellas PDQ',
    visibility: 'Visible para',
    views: 'Vistas',
    likes: 'Me gusta',
    threats: 'Hay amenazas',
    notices: 'Elementos enlazados',
    shielded: 'Copia cubierta',
    notes: 'Notas de la persona',
    files: 'Archivos',
    sum: 'SHA-256',
    case: 'Nombre del caso (no significa nada)',
    package: 'Paquete',
    created: 'Hecho (UTC)',
    to: 'Entregado a',
    fingerprint: 'Huella de la clave',
    jurisdictions: 'Jurisdicciones',
    contact: 'Cómo contactar con la persona',
    generator: 'Hecho con',
  },
  leftOut: 'no está en este paquete; lo guarda la persona, que puede mostrarlo',
  sealed: 'en este paquete, sellado para destinatarios con nombre',
  pending: 'sello de tiempo pedido, aún sin recibir',
  minor:
    'De este enlace no se hizo ninguna imagen, copia ni huella. Comunícalo a la policía o a una línea de denuncia.',
  custody: 'Quién hizo qué',
  stamps: 'Sellos de tiempo',
  check: 'Cómo comprobarlo',
  openFirst: 'Abre verify.html y elige este paquete, o usa las órdenes de README.txt.',
  clockClose: 'El reloj del aparato estaba a menos de un minuto del reloj del servicio ({n} s).',
  clockFast:
    'El reloj del aparato iba {apart} por delante del reloj del servicio. Según el servicio se capturó a las {at}.',
  clockSlow:
    'El reloj del aparato iba {apart} por detrás del reloj del servicio. Según el servicio se capturó a las {at}.',
};

const ar: PackageWords = {
  timeline: 'التسلسل الزمني',
  report: 'تقرير الأدلة',
  reportLead:
    'يسرد هذا التقرير ما حفظه الشخص ومتى، وكيف يمكن التحقق من كل ملف. يذكر وقائع السجل ولا يستخلص نتائج.',
  readme: 'كيف تقرأ هذه الحزمة',
  facts: 'القضية',
  items: 'العناصر',
  utc: 'الوقت (UTC)',
  local: 'الوقت المحلي',
  what: 'ماذا حدث',
  item: 'العنصر',
  by: 'من قام به',
  reason: 'ملاحظة',
  kind: {
    screenshot: 'لقطة شاشة',
    'page-capture': 'صفحة محفوظة',
    'message-export': 'رسائل',
    email: 'بريد إلكتروني',
    link: 'رابط',
    notice: 'إشعار أُرسل',
    reply: 'رد وصل',
    note: 'ملاحظة',
    'hand-over': 'رابط للتسليم (قد يُظهر من هو دون 18)',
  },
  action: {
    created: 'بدء السجل',
    captured: 'التُقط',
    imported: 'أُدخل',
    sealed: 'خُتم',
    stamped: 'خُتم زمنيًا',
    'viewed-shielded': 'شوهدت النسخة المغطاة',
    'viewed-original': 'شوهد الأصل',
    exported: 'وُضع في حزمة',
    'shared-with': 'سُلّم',
    verified: 'تم التحقق',
    superseded: 'استُبدل بعنصر أفضل',
    'deletion-scheduled': 'حُدد موعد للحذف',
    erased: 'مُحي',
    shown: 'الوقت الذي تعرضه المنصة',
  },
  field: {
    id: 'العنصر',
    kind: 'النوع',
    link: 'الرابط كما كُتب',
    resolved: 'الرابط كما أوصل',
    redirects: 'في الطريق',
    platform: 'المنصة',
    post: 'معرّف المنشور أو الرسالة',
    handle: 'اسم الحساب',
    account: 'المعرّف الثابت للحساب',
    name: 'الاسم الظاهر',
    shown: 'الوقت الظاهر هناك',
    captured: 'وقت الالتقاط (UTC)',
    clock: 'الساعة مقارنة بالخادم',
    method: 'كيف أُخذ',
    software: 'البرنامج',
    browser: 'المتصفح',
    server: 'جواب الخادم',
    capturedBy: 'التقطه',
    depicted: 'الشخص الظاهر',
    consent: 'الموافقة',
    age: 'بيان العمر',
    fingerprints: 'بصمات PDQ',
    visibility: 'مرئي لـ',
    views: 'المشاهدات',
    likes: 'الإعجابات',
    threats: 'توجد تهديدات',
    notices: 'عناصر مرتبطة',
    shielded: 'نسخة مغطاة',
    notes: 'ملاحظات الشخص',
    files: 'الملفات',
    sum: 'SHA-256',
    case: 'اسم القضية (بلا معنى)',
    package: 'الحزمة',
    created: 'أُنشئت (UTC)',
    to: 'سُلّمت إلى',
    fingerprint: 'بصمة المفتاح',
    jurisdictions: 'الولايات القضائية',
    contact: 'كيف يُتواصل مع الشخص',
    generator: 'أُنشئت بـ',
  },
  leftOut: 'ليس في هذه الحزمة؛ يحتفظ به الشخص ويمكنه عرضه',
  sealed: 'في هذه الحزمة، مختوم لمستلمين محددين',
  pending: 'طُلب ختم زمني ولم يصل بعد',
  minor: 'لم تُصنع لهذا الرابط صورة ولا نسخة ولا بصمة. أبلغ الشرطة أو خط البلاغات.',
  custody: 'من فعل ماذا',
  stamps: 'الأختام الزمنية',
  check: 'كيف تتحقق منه',
  openFirst: 'افتح verify.html واختر هذه الحزمة، أو استخدم الأوامر في README.txt.',
  clockClose: 'كانت ساعة الجهاز ضمن دقيقة من ساعة الخدمة ({n} ث).',
  clockFast: 'كانت ساعة الجهاز متقدمة {apart} على ساعة الخدمة. وبساعة الخدمة كان الالتقاط في {at}.',
  clockSlow: 'كانت ساعة الجهاز متأخرة {apart} عن ساعة الخدمة. وبساعة الخدمة كان الالتقاط في {at}.',
};

/** The words of a language; English where there are none. */
export function packageWords(language: string): PackageWords {
  const base = language.split('-')[0];
  return base === 'es' ? es : base === 'ar' ? ar : en;
}
