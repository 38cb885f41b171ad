"""Lost lines: where a page glued its lines together, and where a capital belongs to its word."""

import pytest

from nlp.repair import repair, replay
from tests.test_repair import is_name

GLUED = "Sort the incoming mailOpen every parcelWeigh themPrint the labels"
LONG = (
    "We move pianos between the flats of this town and have done so for as long as we can think. "
    * 4
)
LONGER = LONG * 3

PARTED = [
    (GLUED, "Sort the incoming mail|Open every parcel|Weigh them|Print the labels", "items"),
    (
        "Answer the phoneTake ordersKeep the logQualificationsA valid licence",
        "Answer the phone|Take orders|Keep the log|Qualifications|A valid licence",
        "a heading among them",
    ),
    (
        "Answer the phoneTake ordersKeep the logClose up. Job DutiesHFC splicing",
        "Answer the phone|Take orders|Keep the log|Close up. |Job Duties|HFC splicing",
        "a heading behind a sentence, glued to what it announces",
    ),
    (
        "Answer the phoneTake ordersKeep the log of salesWorking Conditions:Some nights",
        "Answer the phone|Take orders|Keep the log of sales|Working Conditions:|Some nights",
        "a heading with a colon",
    ),
    (
        "Answer the phoneTake ordersKeep the logClose up Working Conditions:Some nights",
        "Answer the phone|Take orders|Keep the log|Close up |Working Conditions:|Some nights",
        "only a blank before the heading",
    ),
    (
        "Call themTake ordersKeep the log (Sage).Ability to liftPaid (weekly) Required Skills",
        "Call them|Take orders|Keep the log (Sage).|Ability to lift|Paid (weekly) Required Skills",
        "a stop behind brackets; no heading without what it announces",
    ),
    (
        "Take ordersKeep the logDrive vansPaid (weekly) Required SkillsMinimum one licence",
        "Take orders|Keep the log|Drive vans|Paid (weekly) |Required Skills|Minimum one licence",
        "a heading behind an aside",
    ),
    (
        "Take ordersKeep the logDrive vansRead of MCP®Series 6 & 63Experience with maps",
        "Take orders|Keep the log|Drive vans|Read of MCP®|Series 6 & 63|Experience with maps",
        "a mark of trade and a number",
    ),
    (
        "Take ordersKeep the logDrive vansDuties & Responsibilities:Lift crates",
        "Take orders|Keep the log|Drive vans|Duties & Responsibilities:|Lift crates",
        "a heading with a sign for its 'and'",
    ),
    (
        "RequirementsClean licence or CPC2+ years on vansForklift papersTake 50 lbs",
        "Requirements|Clean licence or CPC|2+ years on vans|Forklift papers|Take 50 lbs",
        "a heading glued is a sign, and years begin an item",
    ),
    ("RequirementsMinimum one licence", "Requirements|Minimum one licence", "a heading alone"),
    ("Print labelsMust lift labels", "Print labels|Must lift labels", "the text tells the word"),
    ("Acme pays. Truck preferredAcme hires", "Acme pays. Truck preferred|Acme hires", "the firm"),
    ("Sort mailTake callsKeep logs (all)Drive", "Sort mail|Take calls|Keep logs (all)|Drive", ")"),
    ("Ask him.Tell her.See it!Will you?", "Ask him.|Tell her.|See it!|Will you?", "stops"),
    ("Skills:• SQL• Python", "Skills:|• SQL|• Python", "bullets without a blank"),
    (LONG + "We hire • drivers • loaders", LONG + "We hire |• drivers |• loaders", "a long line"),
    ("You * May read * May write * Count", "You| * May read| * May write| * Count", "stars"),
    ("What you do- Lift- Carry- Drive", "What you do|- Lift|- Carry|- Drive", "dashes"),
    (
        LONG + "First 1. Read maps2. Write notes.3.   Drive vans",
        LONG + "First |1. Read maps|2. Write notes.|3.   Drive vans",
        "numbers, each one more than the one before",
    ),
    (
        LONG + "One year of lifting Strong back and knees Able to drive a van",
        LONG + "One year of lifting |Strong back and knees |Able to drive a van",
        "words that begin what is asked",
    ),
    (
        LONG + "in the yard Loads vans by hand Checks each strap Drives to the dock",
        LONG + "in the yard |Loads vans by hand |Checks each strap |Drives to the dock",
        "verbs that begin duties",
    ),
    (LONGER + "End.    Next", LONGER + "End.|    Next", "a gap in a text without lines"),
    ("Sort it all.Required Skills Drive", "Sort it all.|Required Skills Drive", "a known heading"),
    ("Sort mailTake callsKeep logsUSASalary", "Sort mail|Take calls|Keep logs|USA|Salary", "USA"),
    ("Cut hedgeMow lawnRake pathAt 83701Dial", "Cut hedge|Mow lawn|Rake path|At 83701|Dial", "9"),
    ("In Troy, MI.Job Duties: Drive", "In Troy, MI.|Job Duties: Drive", "behind capitals"),
    ("In Taylor,TXDURATION: Long", "In Taylor,TX|DURATION: Long", "a label in capitals"),
    ("We are fair.* Degree required", "We are fair.|* Degree required", "a star behind a stop"),
    ("Pay:- Weekly- Cash- Well", "Pay:|- Weekly|- Cash|- Well", "a dash behind a label"),
    (LONG + "Lead1Call all2Write it3Keep it", LONG + "Lead|1Call all|2Write it|3Keep it", "1"),
    (LONG + "Raise funds. o   In Excel", LONG + "Raise funds.| o   In Excel", "a round bullet"),
    ("Skills:• Lift• Carry• DriveWe are fair", "Skills:|• Lift|• Carry|• Drive|We are fair", "2"),
    ("Head ClerkPosition Type: Casual", "Head Clerk|Position Type: Casual", "a label"),
    ("1 year of oil.2 years of gas", "1 year of oil.|2 years of gas", "years behind a stop"),
    ("Van driving5+ years of lifting", "Van driving|5+ years of lifting", "years behind a word"),
    ("Some SQLExperience with kilns", "Some SQL|Experience with kilns", "behind a tool's name"),
    ("Use of HadoopStrong backs", "Use of Hadoop|Strong backs", "one such seam is enough"),
    ("Use of SparkBachelor's degree", "Use of Spark|Bachelor's degree", "a degree"),
    ("Use of Python3+ years of kilns", "Use of Python|3+ years of kilns", "years"),
    ("SkillsPython and kilns", "Skills|Python and kilns", "a heading, and a name below it"),
    ("RequirementsBachelor's degree", "Requirements|Bachelor's degree", "and a degree below it"),
    (
        "Sort postTake ordersKeep the logPreferred Skills- Six Sigma- Two years in retail",
        "Sort post|Take orders|Keep the log|Preferred Skills|- Six Sigma|- Two years in retail",
        "two dashes are a list below a heading",
    ),
    (
        "Sort postTake ordersKeep the logStock check- Every day- With care",
        "Sort post|Take orders|Keep the log|Stock check- Every day- With care",
        "and none where no heading opens it",
    ),
]  # fmt: skip

KEPT = [
    ("PowerPoint, QuickBooks, SharePoint and LinkedIn for CenturyLink", "names"),
    ("CareFirst and CareFirst again, WorkSource, KnowBe4", "employers"),
    ("An SAP4 server, MP3 years of PlumWorks, a PS5-7 year", "a figure that belongs to its name"),
    ("iPhone, eCommerce, mRNA, jQuery, macOS, kWh", "names that begin small"),
    ("jobLocationType: none; the job", "a field of a form"),
    ("getUserName() calls document.createElement and parseInt", "code"),
    ("23andMe tells 23andMe of 23andMe", "a name with a figure"),
    ("Mail to JohnDoe@acme.com or see www.AcmeWorks.com/jobsBoard", "addresses"),
    ("ASP.Net, Node.Js and VB.Net", "names with a stop"),
    ("Take ordersKeep logs of 9Lives, 2Go and 7Eleven".replace("sK", "s K"), "names with a figure"),
    ("A plan (b) for all. R&D & Q", "signs between letters"),
    ("One DayPaySM for all; St.Louis, Ph.D and U.S.Army", "a trademark, short words before a stop"),
    ("We look for aClerk to file", "a blank is lost, no line"),
    ("Location:Leeds Pay:Weekly", "labels"),
    ("DataStage: 3 years, PlumWorks Toy Shop: Leeds", "names, a colon"),
    ("A 256GB disk of 1024MB, a 401KHealth plan", "a measure"),
    ("Bonn • Full-time • EUR 40,000", "a row of fields"),
    (LONG + "Rooms 1A, 2B and 3C; B2B, 4Runner and 7Up", "figures in names"),
    ("LOCATION: Leeds, MYLOCATION", "no label behind it"),
    ("Pay* Weekly* Cash", "two stars, no stop"),
    ("Open Mon- Fri, Sat- Sun, Tue- Thu", "days"),
    ("Stick- Build and post- Beam", "two dashes are no list"),
    ("5 * 3 * 2", "a product"),
    ("Version 1. Then 3. Then 4. Then", "numbers of no list"),
    (LONG + "with Strong backs and Good knees for the Basic work", "the sentence goes on"),
    (LONG + "the Lead Plan team, our Process Engineer and a Test Manage desk", "titles"),
    (LONG + "Items are col·legi, intel·ligent and more", "a dot of Catalan"),
    ("Two spaces.  After a stop.   Or three.", "a short line"),
    ("JavaScript, PowerPoint, GitHub, MySQL and iOSApp", "names that hold another's"),
    ("UserExperience, DigitalExperience and BrandKnowledge", "no tool stands before the seam"),
    ("Courses of SkillsFuture and ours", "what follows begins no line"),
    ("SQLExperiences at www.SQLSkills.com and @SQLSkills", "another word; addresses"),
    ("Use of JavaSkilledness and SQLMustard", "no word ends there"),
    ("In 10 years, aged 18 years", "years with a blank before them"),
]


@pytest.mark.parametrize(("glued", "parted", "why"), PARTED)
def test_breaks_the_lines_that_were_lost(glued: str, parted: str, why: str) -> None:
    text, edits = repair(glued, is_name)
    assert text == parted.replace("|", "\n"), why
    assert {edit.rule for edit in edits} == {"repair:lost-line"}
    assert replay(glued, edits) == text


@pytest.mark.parametrize(("text", "why"), KEPT)
def test_leaves_lines_that_are_whole(text: str, why: str) -> None:
    assert repair(text, is_name) == (text, ()), why


def test_a_value_of_one_line_has_lost_none() -> None:
    assert repair(GLUED, is_name, one_line=True) == (GLUED, ())


def test_is_done_once() -> None:
    for glued, _, _ in PARTED:
        once, _ = repair(glued, is_name)
        assert repair(once, is_name) == (once, ())
