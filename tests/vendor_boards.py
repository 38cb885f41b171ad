"""One posting of each applicant-tracking system as it is exported, and what it says in words."""

from __future__ import annotations

from typing import Any, Final

from nlp.readers import (
    ashby,
    greenhouse,
    lever,
    recruitee,
    smartrecruiters,
    workable,
)
from tests.inputs import TEXT

VENDORS: Final = {
    "greenhouse": greenhouse,
    "lever": lever,
    "ashby": ashby,
    "workable": workable,
    "smartrecruiters": smartrecruiters,
    "recruitee": recruitee,
}

GREENHOUSE: Final[dict[str, Any]] = {
    "absolute_url": "https://boards.greenhouse.io/acme/jobs/4001",
    "data_compliance": [{"type": "gdpr", "requires_consent": False}],
    "internal_job_id": 3001,
    "location": {"name": "Austin, TX"},
    "metadata": [
        {"id": 1, "name": "Employment Type", "value": "Full-time", "value_type": "single_select"},
        {"id": 2, "name": "Team Motto", "value": "Onwards", "value_type": "text"},
    ],
    "id": 4001,
    "updated_at": "2026-03-04T10:00:00-05:00",
    "requisition_id": "R-77",
    "title": "Data Engineer II",
    "company_name": "Acme Data",
    "first_published": "2026-02-28T23:30:00-05:00",
    "content": f"&lt;p&gt;{TEXT}&lt;/p&gt;&lt;ul&gt;&lt;li&gt;R&amp;amp;D&lt;/li&gt;&lt;/ul&gt;",
    "departments": [{"id": 1, "name": "Engineering", "child_ids": [], "parent_id": None}],
    "offices": [{"id": 2, "name": "Texas", "location": "Austin, Texas, United States"}],
    "pay_input_ranges": [
        {
            "min_cents": 12000000,
            "max_cents": 15000050,
            "currency_type": "USD",
            "title": "Annual Salary Range",
            "blurb": "",
        }
    ],
}
LEVER: Final[dict[str, Any]] = {
    "additional": "<p>Apply with a letter.</p>",
    "additionalPlain": "Apply with a letter.",
    "categories": {
        "commitment": "Full-time",
        "department": "Engineering",
        "level": "Senior",
        "location": "Berlin",
        "team": "Platform",
        "allLocations": ["Berlin", "Munich"],
    },
    "createdAt": 1772323200000,
    "descriptionPlain": TEXT,
    "description": f"<div>{TEXT}</div>",
    "id": "5f0b7c3e-0000-4000-8000-000000000001",
    "lists": [{"text": "What you bring", "content": "<li>Python</li><li>SQL</li>"}],
    "text": "Senior Data Engineer",
    "country": "DE",
    "workplaceType": "hybrid",
    "salaryRange": {"currency": "EUR", "interval": "per-year-salary", "min": 70000, "max": 90000},
    "hostedUrl": "https://jobs.lever.co/acme/5f0b7c3e",
    "applyUrl": "https://jobs.lever.co/acme/5f0b7c3e/apply",
}
ASHBY: Final[dict[str, Any]] = {
    "id": "b0a1",
    "title": "Machine Learning Engineer",
    "department": "Research",
    "team": "Models",
    "employmentType": "FullTime",
    "location": "San Francisco HQ",
    "secondaryLocations": [
        {
            "location": "London",
            "address": {"addressLocality": "London", "addressCountry": "United Kingdom"},
        }
    ],
    "publishedAt": "2026-02-11T09:30:00.393+00:00",
    "isListed": True,
    "isRemote": False,
    "workplaceType": "OnSite",
    "address": {
        "postalAddress": {
            "addressLocality": "San Francisco",
            "addressRegion": "California",
            "addressCountry": "USA",
        }
    },
    "jobUrl": "https://jobs.ashbyhq.com/acme/b0a1",
    "applyUrl": "https://jobs.ashbyhq.com/acme/b0a1/application",
    "descriptionHtml": f"<p>{TEXT}</p>",
    "descriptionPlain": TEXT,
    "compensation": {
        "compensationTierSummary": "$180K – $210K • Offers Equity",
        "scrapeableCompensationSalarySummary": "$180K - $210K",
        "summaryComponents": [
            {
                "compensationType": "EquityPercentage",
                "interval": "NONE",
                "currencyCode": None,
                "minValue": 0.1,
                "maxValue": 0.2,
            },
            {
                "compensationType": "Salary",
                "interval": "1 YEAR",
                "currencyCode": "USD",
                "minValue": 180000,
                "maxValue": 210000,
            },
        ],
    },
}
WORKABLE: Final[dict[str, Any]] = {
    "title": "Site Reliability Engineer",
    "shortcode": "8B8A457674",
    "code": "SRE-9",
    "employment_type": "Full-time",
    "telecommuting": True,
    "department": "Operations",
    "url": "https://apply.workable.com/j/8B8A457674",
    "shortlink": "https://apply.workable.com/j/8B8A457674",
    "application_url": "https://apply.workable.com/j/8B8A457674/apply",
    "published_on": "2026-01-21",
    "created_at": "2026-01-20",
    "country": "Greece",
    "city": "Athens",
    "state": "Attica",
    "education": "Bachelor's Degree",
    "experience": "Mid-Senior level",
    "function": "Engineering",
    "industry": "Computer Software",
    "locations": [
        {"country": "Greece", "countryCode": "GR", "city": "Athens", "region": "Attica"},
        {"country": "Malta", "countryCode": "MT", "city": "Sliema", "region": None, "hidden": True},
    ],
    "description": f"<p>{TEXT}</p>",
}
SMARTRECRUITERS: Final[dict[str, Any]] = {
    "id": "743999663339278",
    "uuid": "9a3d",
    "name": "Backend Engineer",
    "refNumber": "REF12B",
    "company": {"identifier": "Acme", "name": "Acme Group"},
    "releasedDate": "2026-02-05T10:14:13.000Z",
    "location": {
        "city": "Dubai",
        "region": "",
        "country": "ae",
        "remote": False,
        "hybrid": True,
        "fullLocation": "Dubai, , United Arab Emirates",
    },
    "industry": {"id": "internet", "label": "Internet"},
    "department": {"id": 5, "label": "Technology"},
    "function": {"id": "engineering", "label": "Engineering"},
    "typeOfEmployment": {"id": "permanent", "label": "Full-time"},
    "experienceLevel": {"id": "mid_senior_level", "label": "Mid-Senior Level"},
    "postingUrl": "https://jobs.smartrecruiters.com/Acme/743999663339278",
    "jobAd": {
        "sections": {
            "companyDescription": {"title": "Company Description", "text": "<p>We are Acme.</p>"},
            "jobDescription": {"title": "Job Description", "text": f"<p>{TEXT}</p>"},
            "qualifications": {"title": "Qualifications", "text": "<ul><li>Go</li></ul>"},
            "additionalInformation": {"title": "Additional Information", "text": ""},
        }
    },
}
RECRUITEE: Final[dict[str, Any]] = {
    "id": 2736919,
    "slug": "datenbank-entwickler",
    "position": 3,
    "title": "Datenbank-Entwickler",
    "description": "<p>Wir suchen dich.</p>",
    "requirements": "<ul><li>SQL</li></ul>",
    "translations": {
        "en": {
            "title": "Database Developer",
            "description": f"<p>{TEXT}</p>",
            "requirements": "<ul><li>SQL</li></ul>",
        }
    },
    "company_name": "Acme BV",
    "department": "IT",
    "category_code": "information_technology",
    "employment_type_code": "fulltime_permanent",
    "experience_code": "mid_level",
    "careers_url": "https://acme.recruitee.com/o/datenbank-entwickler",
    "careers_apply_url": "https://acme.recruitee.com/o/datenbank-entwickler/c/new",
    "location": "Utrecht, Netherlands",
    "city": "Utrecht",
    "country": "Netherlands",
    "country_code": "NL",
    "locations": [
        {"city": "Utrecht", "state": "Utrecht", "country": "Netherlands", "country_code": "NL"}
    ],
    "remote": False,
    "hybrid": True,
    "on_site": False,
    "salary": {"min": "4000", "max": "5500.0", "period": "month", "currency": "EUR"},
    "published_at": "2026-02-20 08:00:00 UTC",
    "close_at": None,
}

RECORDS: Final = {
    "greenhouse": GREENHOUSE,
    "lever": LEVER,
    "ashby": ASHBY,
    "workable": WORKABLE,
    "smartrecruiters": SMARTRECRUITERS,
    "recruitee": RECRUITEE,
}
FIELDS: Final = {
    "greenhouse": {
        "title": "Data Engineer II",
        "employer": "Acme Data",
        "place": "Austin, TX",
        "employment_type": "Full-time",
        "department": "Engineering",
        "pay": "120000 - 150000.50 USD per year",
        "date_posted": "2026-02-28",
        "reference": "R-77",
        "url": "https://boards.greenhouse.io/acme/jobs/4001",
    },
    "lever": {
        "title": "Senior Data Engineer",
        "place": "Berlin; Munich",
        "work_mode": "Hybrid",
        "employment_type": "Full-time",
        "level": "Senior",
        "department": "Engineering",
        "pay": "70000 - 90000 EUR per year",
        "date_posted": "2026-03-01",
        "url": "https://jobs.lever.co/acme/5f0b7c3e",
    },
    "ashby": {
        "title": "Machine Learning Engineer",
        "place": "San Francisco, California, USA; London, United Kingdom",
        "work_mode": "On-site",
        "employment_type": "Full time",
        "department": "Research",
        "pay": "180000 - 210000 USD per year",
        "date_posted": "2026-02-11",
        "url": "https://jobs.ashbyhq.com/acme/b0a1",
    },
    "workable": {
        "title": "Site Reliability Engineer",
        "employer": "Acme Labs",
        "place": "Athens, Attica, Greece",
        "work_mode": "Remote",
        "employment_type": "Full-time",
        "level": "Mid-Senior level",
        "industry": "Computer Software",
        "department": "Operations",
        "date_posted": "2026-01-21",
        "reference": "SRE-9",
        "url": "https://apply.workable.com/j/8B8A457674",
    },
    "smartrecruiters": {
        "title": "Backend Engineer",
        "employer": "Acme Group",
        "place": "Dubai, United Arab Emirates",
        "work_mode": "Hybrid",
        "employment_type": "Full-time",
        "level": "Mid-Senior Level",
        "industry": "Internet",
        "department": "Technology",
        "date_posted": "2026-02-05",
        "reference": "REF12B",
        "url": "https://jobs.smartrecruiters.com/Acme/743999663339278",
    },
    "recruitee": {
        "title": "Database Developer",
        "employer": "Acme BV",
        "place": "Utrecht, Netherlands",
        "work_mode": "Hybrid",
        "employment_type": "Full time permanent",
        "level": "Mid level",
        "department": "IT",
        "pay": "4000 - 5500 EUR per month",
        "date_posted": "2026-02-20",
        "url": "https://acme.recruitee.com/o/datenbank-entwickler",
    },
}
