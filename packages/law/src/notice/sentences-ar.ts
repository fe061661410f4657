/**
 * The sentences of notices in Arabic: a translation beside the notice, for the person to read. Nothing is sent in it. No lawyer
 * and no native reader of legal texts has read them.
 * @module
 */

import type { NoticeRegime, Sentences, Voice } from './sentences.ts';

const shown = (voice: Voice): string => (voice === 'self' ? 'تُظهرني' : 'تُظهر الشخص الذي أمثّله');

function hoursWords(hours: number): string {
  if (hours === 1) return 'ساعة واحدة';
  if (hours === 2) return 'ساعتين';
  return hours % 100 >= 3 && hours % 100 <= 10 ? `${hours} ساعات` : `${hours} ساعة`;
}

function ask(regime: NoticeRegime, hours: number | null): string {
  const within = hours === null ? '' : `، وفي موعد لا يتجاوز ${hoursWords(hours)} من استلام هذا`;
  switch (regime) {
    case 'us-tida':
      return `هذا طلب إزالة بموجب قانون TAKE IT DOWN ‏(47 U.S.C. 223a(a)(1)). أطلب إزالة الصورة في أقرب وقت ممكن${within}، وبذل جهود معقولة للعثور على النسخ المطابقة المعروفة وإزالتها (47 U.S.C. 223a(a)(3)).`;
    case 'us-ut':
      return 'وهو أيضًا طلب بموجب Utah Code 13-72b-302، بالعناصر نفسها.';
    case 'uk-osa':
      return 'هذا بلاغ عن محتوى حميم بموجب المادة 20A من Online Safety Act 2023، بقدر ما تكون سارية. أطلب إزالة هذا المحتوى، وكل محتوى مطابق له أو مطابق في جوهره، في أقرب وقت ممكن (المادة 10(3A) و(3B)).';
    case 'in-rules':
      return `هذه شكوى بموجب القاعدة 3(2)(b) من Information Technology (Intermediary Guidelines and Digital Media Ethics Code) Rules 2021 بصيغتها المعدّلة. أطلب اتخاذ كل التدابير المعقولة والممكنة لإزالة هذا المحتوى أو منع الوصول إليه${hours === null ? '' : ` خلال ${hoursWords(hours)}`}، وتأكيد استلام الشكوى (القاعدة 3(2)(a)(i)).`;
    case 'us-ca':
      return `هذا بلاغ بموجب المادة 22671 من California Business and Professions Code. أطلب تأكيد الاستلام${hours === null ? '' : ` خلال ${hoursWords(hours)}`}، وحجب المحتوى أثناء النظر فيه، وإبلاغي بالحالة كتابةً.`;
    case 'kr-tba':
      return 'هذا طلب حذف أو حجب محتوى جنسي صُوّر بغير حق أو زُيّف، دون تأخير، بموجب المادة 22-5 من Telecommunications Business Act في جمهورية كوريا.';
    case 'eu-dsa':
      return 'هذا إخطار بموجب المادة 16 من اللائحة (EU) 2022/2065 (قانون الخدمات الرقمية). أطلب تأكيد الاستلام دون تأخير لا مبرر له، واتخاذ القرار في وقت مناسب وبعناية ودون تعسف وبموضوعية، وإبلاغي به وبطرق الاعتراض عليه.';
    case 'us-dmca':
      return 'هذا إخطار بانتهاك حق المؤلف بموجب 17 U.S.C. 512(c)(3) موجّه إلى وكيلكم المعيّن. أطلب إزالة المادة أو منع الوصول إليها على وجه السرعة.';
    default:
      return regime satisfies never;
  }
}

/** Arabic. */
export const SENTENCES_AR: Sentences = {
  language: 'ar',
  reviewed: false,
  subject: (regime) => {
    if (regime === 'us-tida') return 'طلب إزالة بموجب قانون TAKE IT DOWN ‏(47 U.S.C. 223a)';
    if (regime === 'uk-osa') return 'بلاغ عن محتوى حميم (Online Safety Act 2023، المادة 20A)';
    if (regime === 'eu-dsa') return 'إخطار بموجب المادة 16 من قانون الخدمات الرقمية: صورة حميمة';
    if (regime === 'in-rules') return 'شكوى بموجب القاعدة 3(2)(b) من IT Rules 2021: صورة حميمة';
    if (regime === 'us-ca') return 'بلاغ بموجب California Business and Professions Code 22671: صورة حميمة';
    if (regime === 'index') return 'طلب إخراج صورة حميمة من نتائج البحث';
    if (regime === 'us-dmca' || regime === 'copyright') return 'إخطار بانتهاك حق المؤلف (17 U.S.C. 512)';
    return 'طلب إزالة صورة حميمة نُشرت دون موافقة';
  },
  to: (host) => `إلى القائمين على طلبات الإزالة في ${host}`,
  ask,
  askOwnRules: 'أطلب إزالة هذه الصورة الحميمة وفق قواعدكم الخاصة بالصور الحميمة المنشورة دون موافقة.',
  askIndex:
    'أطلب إخراج هذه العناوين وصورها المصغّرة من نتائج البحث لديكم. وأطلب ذلك من المواقع نفسها في الوقت ذاته.',
  askHost: (host) =>
    `أنتم تقدمون خدمة إلى ${host}. أطلب العمل على إزالة هذا المحتوى، وإبلاغي بمن يستطيع إزالته أيضًا.`,
  headings: {
    where: 'أين هي',
    what: 'ماذا تُظهر',
    who: 'من يطلب',
    work: 'المصنَّف',
    declared: 'ما أقرّ به',
    contact: 'كيف يمكن الوصول إليّ',
    keep: 'يرجى الحفظ',
    answer: 'جوابكم',
    signed: 'التوقيع',
  },
  what: (kind, voice) => {
    if (kind === 'forgery')
      return `هي صورة أو مقطع صُنع أو عُدّل ببرنامج، ويبدو أنها ${shown(voice)} في وضع حميم. إنها تزييف رقمي.`;
    if (kind === 'threatened') return `يهدد شخص بنشر صورة أو مقطع حميم ${shown(voice)}.`;
    return `هي صورة أو مقطع ${shown(voice)} في وضع حميم.`;
  },
  noConsent: (voice) => (voice === 'self' ? 'لم أوافق على نشرها.' : 'لم يوافق الشخص الظاهر فيها على نشرها.'),
  ownWords: 'بكلماتي:',
  suggested: (kind, voice) => {
    const agreed = voice === 'self' ? 'لم أوافق' : 'لم يوافق الشخص الظاهر';
    if (kind === 'forgery') return `${agreed} على صنعها ولا على عرضها في هذه العناوين.`;
    if (kind === 'threatened') return `${agreed} على عرضها على أحد.`;
    return `إنها خاصة. ${agreed} على عرضها في هذه العناوين.`;
  },
  who: (standing) => {
    if (standing === 'depicted') return 'أنا الشخص الظاهر فيها.';
    if (standing === 'authorised') return 'أنا مخوَّل بالتصرف عن الشخص الظاهر فيها.';
    if (standing === 'parent') return 'أنا أحد والدَي الشخص الظاهر فيها أو وليّ أمره.';
    return 'أبلغ عن هذا لأنني رأيته.';
  },
  authority: 'يستند تخويلي إلى:',
  declared: {
    'not-consensual': 'لم يوافق الشخص الظاهر على هذا النشر.',
    'intimate-image-content':
      'أقرّ بأن هذا محتوى حميم: يُظهر، أو يبدو أنه يُظهر، شخصًا في وضع حميم، ونُشر دون موافقته.',
    'good-faith': 'أعتقد بحسن نية أن المحتوى نُشر دون موافقة الشخص الظاهر فيه.',
    'true-to-knowledge': 'ما أذكره هنا صحيح بحسب علمي واعتقادي.',
    'accurate-and-complete': 'المعلومات والادعاءات الواردة في هذا الإخطار دقيقة وكاملة.',
    standing: 'أنا الشخص الظاهر، أو أنا مخوَّل بالتصرف عنه.',
    'authority-under-perjury':
      'أقرّ، تحت طائلة عقوبة الحنث باليمين، بأنني صاحب حق حصري يُدّعى انتهاكه، أو مخوَّل بالتصرف عن صاحبه.',
    'california-resident': 'لديّ حساب في هذه الخدمة، وأقيم في كاليفورنيا، وأنا الشخص الظاهر.',
  },
  name: (name) => `الاسم: ${name}`,
  email: (email) => `البريد الإلكتروني: ${email}`,
  other: (contact) => `طريقة أخرى للوصول إليّ: ${contact}`,
  contactOnly: 'يرجى استخدام ذلك لهذا الطلب فقط.',
  preserve:
    'يرجى حفظ المحتوى وبيانات الحساب وسجلات الرفع والوصول لكل عنوان أعلاه، من أجل الشرطة والمحاكم. ويجب ألا تنتظر الإزالة ذلك.',
  answer: 'يرجى إعطائي رقمًا لهذا الطلب، وإبلاغي بالنتيجة، مع الأسباب إن رفضتم.',
  notTheUploader: 'يرجى عدم إخبار من نشرها بمن أرسل هذا.',
  copies: 'يرجى أيضًا البحث عن نسخ من الملف نفسه، ومنع رفعه من جديد حيث أمكن.',
  signed: (name, day) => `توقيع إلكتروني: ${name}، ${day}`,
  pseudonym: 'هذا هو الاسم الذي أُعرف به هناك، وليس اسمي القانوني.',
  minor: {
    subject: 'عاجل: صورة حميمة لشخص دون 18 عامًا',
    what: 'في هذه الصورة أو المقطع شخص دون 18 عامًا، أو قد يكون كذلك، أو كان كذلك عند التقاطها.',
    ask: 'يرجى إيقاف عرضها الآن، ومعالجتها وفق إجراءات حماية الأطفال لديكم، وحفظ السجلات، وإبلاغ الجهة التي يحددها قانونكم. ولا يحتاج أحد إلى إرسال الصورة إلى غيره من أجل ذلك.',
    nothingAttached: 'هذا الإخطار نص فقط: لا تُرفق به صورة ولا نسخة ولا بصمة لها.',
  },
};
