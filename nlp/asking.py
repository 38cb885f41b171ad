"""Asking: how sentences ask for something, of whom they speak, and where they turn elsewhere."""

from __future__ import annotations

import re
from typing import Final

from nlp.anchors import Anchored

GOOD_AT: Final = (
    r"adept|at home|comfortable|competent|confident|conversant|experienced|expert|familiar|fluent"
    r"|handy|knowledgeable|practised|proficient|skilled|trained|(?:well-)?versed"
)
"""How somebody is who knows something."""
READY_FOR: Final = r"(?:prepared|ready|willing) to (?:handle|use|work (?:in|with))"
ABOUT_CANDIDATE: Final = re.compile(
    r"\b(?:experience|knowledge|skills?|proficien\w+|familiar\w*|degree|abilit\w+|able|background"
    r"|expertise|understanding|candidates?|applicants?|qualifications?|requirements (?:are|include)"
    r"|you"
    r"|(?:years?|yrs?)['’]?(?=\s(?:as|in|of|since|with)\s))\b",
    re.IGNORECASE,
)
MUCH: Final = (
    r"strong|solid|proven|demonstrated|deep|excellent|extensive|good|great|exceptional|superb|sound"
    r"|outstanding|decent|first[- ](?:class|rate)|practical|robust|prior|previous|hands[- ]on"
    r"|working|professional|relevant|advanced|expert"
    r"|in-depth|thorough|high|high-level|basic"
)
OPENS_ASKING: Final = re.compile(
    rf"\W{{0,30}}+(?:(?:(?:a|also|an|the|some|have|having|hold|you|minimum|at least|in depth"
    rf"|high level|\d\S{{0,20}}|years?|of|extremely|highly|very|{MUCH})\s{{1,20}}+){{0,12}}"
    r"(?:experienced?|proficien(?:t|cy|cies)|familiar(?:ity)?|understanding|expertise|fluen(?:t|cy)"
    r"|abilit(?:y|ies)|degree|bachelor|master|ph\.?d|track record|skills?|mastery"
    r"|competen(?:ce|cy|cies|t)|command(?! (?:cent|line))"
    r"|adept(?= (?:at|in|with))|expert(?= (?:at|in|with))"
    r"|(?:knowledge|background)(?! (?:base|checks?|graph|investigation|manage|sharing|transfer)))\b"
    rf"|(?:a |an )?(?:{MUCH}|have|possess)\s{{1,20}}+(?:[\w/&,+#-]{{1,40}}+\s{{1,20}}+){{1,6}}"
    r"(?:skills?|abilit(?:y|ies)|knowledge|expertise(?= (?:in|on|with))"
    r"|(?<!user )(?<!customer )experience(?! for\b))\b"
    r"|(?:(?-i:[A-Z])\w{1,20} ){0,2}must (?:currently )?"
    r"(?:(?:have|hold (?:an?|current|valid)|know(?! how\b)|possess)\b"
    r"|be (?:[a-z]{1,12} )?(?:certified|licen[cs]ed|registered)\b)"
    r"|should (?:also |ideally )?(?:have|hold|possess"
    r"|be (?:comfortable|competent|confident|experienced|familiar|fluent|proficient|skilled))\b"
    r"|(?:(?:basic|key|main|minimum|other|the) ){0,2}(?:qualifications|requirements) includes?\b"
    r"|(?:experience|knowledge|qualifications|skills) (?:needed|required)\s?:"
    r"|(?:(?:all|the|every) )?(?:[\w-]{1,20} ){0,4}?(?:(?:are|is) )?required to "
    r"(?:complete and maintain|(?:be|become) (?:certified|licen[cs]ed|registered)|hold|possess)\b"
    r"|(?:(?:currently|fully|board) )?(?:certified in(?! \d)|licen[cs]ed (?:as|in(?! \d)))\b"
    r"|licensure (?:as|by|in)\b"
    r"|(?:current|valid|active|unrestricted)\s{1,20}+(?:[\w/&,'’-]{1,40}+\s{1,20}+){0,5}"
    r"(?:certificat(?:e|ion)|licen[cs](?:e|ure)|registration)\b"
    r"|(?:\d[\d–-]{0,4}\+?|two|three|four|five|six|seven|eight|ten)\s{1,20}+"
    r"(?:or\s+more\s+)?years?['’]?\b[^.;\n]{0,60}\bexperience\b)",
    re.IGNORECASE,
)
"""A sentence that asks wherever it stands: "Experience with ...", "Advanced Excel skills"."""
ASKS: Final = Anchored(
    r"\b(?:must|(?:you|candidates?|applicants?)\s+(?:should|need|will need|ha(?:ve|s))"
    r"|you.ll have(?! (?:the|a|an|access|ample|full|plenty|every|lots)\b)|you.ll need\b"
    r"|you(?:.re| are|.ll be| will be) "
    r"(?:(?:already|equally|fully|highly|quite|really|thoroughly|very) )?"
    r"(?:able(?<!ll be able)(?<!will be able)|adept|comfortable|confident|experienced|expert"
    r"|familiar|fluent|handy|proficient|quick|skilled|well versed)"
    r"|you(?:.ve| have) (?:(?:already|ideally|probably) )?"
    r"(?:built|delivered|dealt|designed|handled|led|managed|run|taught|used|worked|written)"
    r"|you know how to|we(?:.re| are|.d)? (?:after|love|need|want) (?:someone|somebody)"
    r"|(?<!did )you (?:already )?(?:know|understand)"
    r"(?! (?:how|if|it|someone|that|the|there|us|we|what|where|whether|who|why|you)\b)"
    r"|(?:you.re|you are|we) expect(?:ed)?(?: that)?(?: you)?(?: to)?[ :]{1,3}"
    r"(?:be|bring|have|hold|know)|you (?:bring|hold)(?! (?:out|the future|your))"
    r"|shall (?:possess|be (?:an? )?(?:able|certified|competent|expert|familiar|fluent|licensed"
    r"|proficient|knowledgeable|skilled)|have (?:an? |the )?(?:[\w-]{1,20} ){0,3}?"
    r"(?:ability|degree|experience|knowledge|licen[cs]e|skills?|understanding))"
    r"|is required|are required|we (?:need(?! an?\b)|require)|possess(?:es)?"
    r"|years.{0,20} experience"
    r"|(?:candidates?|applicants?|competencies) (?:may|will|can) be (?:assessed|evaluated"
    r"|examined|tested))\b",
    re.IGNORECASE,
)
"""A sentence of prose without headings that asks: "You must know ..."."""
ABLE: Final = re.compile(r"\W{0,30}+(?:(?:we )?(?:must|should) be )?able to\b", re.IGNORECASE)
WANTS: Final = re.compile(
    r"\W{0,30}+(?:in addition,?\s{1,5}"
    r"|(?:as|in) (?:an?|the|this)(?: [\w/-]{1,20}){1,5},?\s{1,5})?(?:"
    r"(?:(?:an?|our|the|this|your)\s{1,5})?(?:[\w/-]{1,20}\s{1,5}){0,2}?"
    r"(?:applicants?|candidates?|individual|person|post[- ]?holder|he(?: or |/)she"
    r"|s(?:he(?: or |/)|/)he)\s{1,5}"
    r"(?:(?:for|in) (?:the|this) (?:job|position|role)\s{1,5})?"
    r"|whoever [^.,;\n]{1,40} (?=must|needs|should)"
    r"|(?:they|you) (?=already|are|bring|come|have|hold|know|must|need|should"
    r"|will (?:(?:already|also|ideally) )?(?:be|bring|come|have|hold|need|possess)\b)"
    r"|you['’](?:re|ve)\s|you['’]ll (?=be|bring|come|have|know|need|possess)"
    r"|we (?=need|require|want)(?! to\b)(?![^.;\n]{0,80}\bto\b))"
    r"(?:(?:should|(?:will|would)(?: (?:need|be (?:expected|required)) to)?|must|needs? to"
    r"|(?:is|are) expected to)\s{1,5})?"
    r"(?:(?:already|also|ideally)\s{1,5})?"
    r"(?:(?:brings?|comes? (?:from|with)|demonstrates?|ha(?:s|ve)|holds?|needs?|possess(?:es)?"
    r"|requires?|wants?)\s{1,5}"
    r"(?:(?!to\b|the\b|access\b|opportunit)[\w,/&'’+-]{1,20}\s{1,5}){0,8}"
    r"(?:abilit(?:y|ies)|aptitude|bachelor(?:['’]?s)?|background|certificat(?:e|ion)|command"
    r"|competenc(?:y|ies)|degree|doctorate|exp(?:erience)?|licen[cs]e|master['’]?s|ph\.?d"
    r"|registration|expertise|familiarity|grasp|knowledge|mindset|proficienc(?:y|ies)|skills?"
    r"|track record|understanding)"
    r"|know(?! (?:how|if|it|that|the|there|us|we|what|where|whether|who|why|you)\b)"
    r"|(?:be|is)\s{1,5}an?\s[^.;\n]{1,80}?\swith\s(?:[\w/&-]{1,20}\s){0,4}"
    r"(?:abilit(?:y|ies)|background|experience|knowledge|skills|understanding)"
    r"|(?:has|have|['’]ve)\s{1,5}(?:already )?(?:dealt|handled|led|managed|run|used|worked)"
    rf"|(?:are |be |is |(?<=['’]re ))\s{{0,5}}(?:[a-z-]{{1,20}}\s{{1,5}}){{0,2}}?(?:{GOOD_AT}"
    rf"|able(?<!will be able)(?<!ll be able)|(?<=be ){READY_FOR}))\b"
    r"|\W{0,30}+(?:are you (?:[a-z-]{1,20} ){0,2}?(?:comfortable|competent|confident|experienced"
    r"|familiar|proficient|skilled|trained) (?:at|in|with)"
    r"|(?:do you (?:bring|have|possess)|have you got) (?:[\w/&'’+-]{1,20} ){0,6}?"
    r"(?:background|certification|experience|expertise|knowledge|licen[cs]e|skills|understanding)"
    r"|have you (?:led|managed|run|taught|used|worked)\b)"
    r"|\W{0,30}+(?:(?:an?|our|the|this|your)\s{1,5})?(?:"
    r"(?:dream|ideal|perfect|preferred)\s{1,5}(?:applicants?|candidates?|individual|person)\s{1,5}"
    r"(?:will|would)"
    r"|(?:[\w/-]{1,20}\s{1,5}){0,2}?(?:applicants?|candidates?|individual|person)\s{1,5}"
    r"(?:must|should))\s{1,5}be\s{1,5}"
    r"(?:(?:an?|both|extremely|highly|very)\s{1,5}){0,2}"
    r"(?:analytical|articulate|bilingual|certified|creative|customer[- ]\w+|dedicated|dependable"
    r"|detail[- ]\w+|driven|energetic|enthusiastic|flexible|focus+ed|friendly|goal[- ]\w+"
    r"|hard[- ]?working|licensed|motivated|organi[sz]ed|outgoing|passionate|people[- ]\w+"
    r"|personable"
    r"|pro-?active|professional(?! development)|punctual|reliable|resourceful|results[- ]\w+"
    r"|self[- ]\w+|strong|team[- ]\w+|tech[- ]savvy)\b",
    re.IGNORECASE,
)
"""A sentence that says what somebody must be: "The ideal candidate has experience in ..."."""
OF_ROLE: Final = re.compile(
    r"\W{0,30}+(?:our|the|this|your)\s(?P<role>(?:[\w/&-]{1,20}\s){1,4}?)"
    r"(?:(?:that )?(?:we (?:are (?:looking for|seeking)|need|seek|want)|you (?:are|will be))\s)?"
    r"(?:should|must|needs? to)\s(?:(?:already|also|ideally)\s)?"
    rf"(?:have|know|possess|be\s(?:[a-z-]{{1,20}}\s){{0,2}}?(?:able|{GOOD_AT}|{READY_FOR}))\b",
    re.IGNORECASE,
)
"""A sentence that says so of the job's own name: "*The accountant we seek should be fluent* in"."""
INVITES: Final = re.compile(
    r"\W{0,4}(?:so,? )?if you(?:(?:['’]re| are)\s(?:an? )?(?:[\w-]{1,20}\s){0,3}?"
    r"(?:curious|eager|enthusiastic|excited|inspired|interested|keen|looking|passionate|ready)"
    r"|\s(?:meet|tick)\s(?:all|many|most|some)\b[^.!?\n]{0,40}?\b(?:boxes|criteria|requirements))\b"
    r"(?![^.!?\n]{0,240}\b(?:degree|experienced?|knowledge|skills?|years)\b)[^.!?\n]{0,240}?\b"
    r"(?:apply|contact us|get in touch|hear from you|join us|love to|reach out|talk to (?:us|you)"
    r"|th(?:is|e) (?:job|opportunity|position|role) (?:could|is|may|might))\b",
    re.IGNORECASE,
)
"""A sentence that bids one to apply and asks for nothing: "If you're passionate about ..."."""
IDEAL: Final = re.compile(r"\b(?:dream|ideal|perfect|preferred)\b", re.IGNORECASE)
"""Of whom what is said is wished for: annotators read "the ideal candidate has" as preferred."""
SOUGHT: Final = Anchored(
    r"\b(?:(?:looking|searching) for|we need(?= an?\b)"
    r"|(?:hop(?:e|ing)|lov(?:e|ing)|want(?:ing)?) to (?:find|hear from|hire|meet)"
    r"|(?:we|are|is|now|currently) seek(?:ing)?|seeks)\b(?! to\b)"
    r"(?P<who>[^.!?\n]{0,300}?)"
    r"(?:$|[.!?\n]|\b(?:(?<!able )(?<!ability )(?<!approach )(?<!attention )(?<!commitment )"
    r"(?<!dedication )(?<!relating )to|(?:is |will be )?responsible for|that will|in our"
    r"|for our|on our"
    r"|who(?! (?:brings?|can|enjoys?|has|have|holds?|knows?|thrives?|understands?"
    r"|works well|(?:is|are)(?! (?:charged|going|responsible|tasked|to|willing to)\b))\b)"
    r"(?: will)?)\b)",
    re.IGNORECASE,
)
"""Whom a posting looks for, up to what for: "... a nurse with ICU experience | to join us"."""
WE_SEEK: Final = re.compile(
    r"\W{0,30}+(?:(?:we|our client)\b"
    r"(?=[^.!?\n]{0,40}\b(?:find|hear|hire|hiring|look|meet|search|seek))"
    r"|(?-i:[A-Z])[\w&.'’-]{0,30}(?: (?:(?-i:[A-Z])[\w&.'’-]{0,30}|and|at|of|&)){0,5}"
    r"(?= (?:is|are) (?:(?:actively|currently|now) ){0,2}(?:looking for|searching for|seeking)\b))",
    re.IGNORECASE,
)
"""How a sentence among duties begins that says whom somebody seeks."""
OF_COMPANY: Final = re.compile(
    r"\W{0,30}+(?:(?:about (?:our|the) (?:client|company|employer|team)\s{1,5})?"
    r"(?:we (?:also )?(?:are(?! (?:look|seek|search|hiring))|believe|build|celebrate|forge|foster"
    r"|help|invest|live|offer|partner|provide|serve|strive|value)"
    r"|our (?:client|company|compensation|culture"
    r"|employees|engineers|mission|people|team|vision|goal)"
    r"|(?:our|we)\b(?! have\b)(?![^.;\n]{0,80}\b(?:applications?|ask|desired?|expect|factor"
    r"|hir(?:e|ing)|hope|ideal(?:ly)?|imagine|like|looking|love|needs?|people|prefer\w*|professionals?"
    r"|qualifications|require\w*|search\w*|seek\w*|skills?|test|train|want|welcome|would)\b)"
    r"|(?:more than|over) \d[\d,]{0,6} [^.;\n]{0,60}?\b(?:(?:is|are) (?:currently )?)?work(?:ing)?"
    r"(?: now)? (?:at|for|in))\b"
    r"|[^.;\n]{0,60}\bwas (?:established|formed|founded) (?:as|by|in)\b"
    r"|about (?:us|(?-i:[A-Z])[\w&.'’-]{0,40})\s"
    r"|th(?:e|is) (?:job|opportunity|position|role) (?:(?:also|further) )?"
    r"(?:combines|encompasses|gives you|offers|provides|reports|sits)\b"
    r"|[^.;\n]{0,120}?\bin (?:exchange|return) for\b"
    r"|(?-i:[A-Z<])[\w&.,>’'-]{0,40}\s{1,5}"
    r"(?:(?:(?-i:[A-Z<])[\w&.,>’'-]{0,40}|&|and|of)\s{1,5}){0,5}"
    r"(?:is|are)\s{1,5}(?:an?|the|one of)\b[^.;\n]{0,60}?"
    r"\b(?<!of the )(?<!of our )(?:agency|bank|charity|company|consultancy|employer|firm"
    r"|institution|leader|manufacturer|non-?profit|organi[sz]ation|provider|retailer|start-?up"
    r"|universit(?:y|ies))\b)",
    re.IGNORECASE,
)
"""A company that tells of itself: "We value ...", "Acme Corp is a global leader in ..."."""
OUR_YEARS: Final = re.compile(
    r"\W{0,30}+(?:we|our (?:client|company|firm|team))\s{1,5}(?:boasts?|brings?|ha(?:s|ve))\b"
    r"(?![^.;\n]{0,80}\byou)",
    re.IGNORECASE,
)
"""A company that tells what it has: "We have over 20 years of experience in ..."."""
STEPS: Final = Anchored(
    r"\b(?:pre-?employment (?:assessments?|examinations?|screenings?|tests?|testing)"
    r"|(?:application|examination|hiring|recruitment|selection|testing) process)\b"
    r"[^.;:\n]{0,60}?\b"
    r"(?:compris(?:es?|ing)|consists? of|consisting of|includ(?:es?|ing)|involves?)\b"
    r"|(?:(?<=\n)|(?<=\n[-•*·] ))"
    r"(?:reports?|reporting|responsible|supervised by|evaluated by)(?: to)?[ ]{0,9}:[ ]{0,20}"
    r"(?=[A-Z])"
    r"|(?:(?<=\n)|(?<=[-•*·.!] ))(?:(?:all|our|the|your) )?(?:applications|benefits|interviews?) "
    r"(?:(?:are|be|is|may|take|takes|will) ){1,2}"
    r"(?:accepted|administered|conducted|done|handled|held|managed|place|processed|submitted)\b",
    re.IGNORECASE,
)
"""How a sentence begins that lists what applicants go through, or whom one reports to.

"The selection process includes a polygraph", "Reports to: Director of Student Support",
"Interviews take place on Zoom".
"""
LEADS: Final = Anchored(
    r"(?:\bis|\b[Ww]e are|\b[Ww]e['’]re)[ ](?:an?|one[ ]of[ ]the|the)[ ](?:truly[ ])?"
    r"(?:european|global|industry|international|largest|leading|market|national|premier|top"
    r"|world(?:['’]s)?)[ -]"
    r"(?:[a-z-]{2,20}[ ]){0,2}(?:companies|company|leaders?|manufacturers?|players?|producers?"
    r"|providers?|suppliers?)[ ](?:in|of)[ ]",
    re.IGNORECASE,
)
"""What a company is, wherever its sentence begins: "Acme *is a global leader in* banking"."""
BEGINS_ANEW: Final = re.compile(
    r"\W{0,20}(?:apply|as an?|at|if|in this|join|our|please|the|this|we"
    r"|you(?:['’]ll| will| get))\b",
    re.IGNORECASE,
)
"""How a sentence begins that goes on to speak of something else than a list did."""
ABOUT_YOU: Final = re.compile(
    r"\b(?:you|your|candidates?|applicants?|experience|knowledge|must|ability|who)\b", re.IGNORECASE
)
