// SPDX-FileCopyrightText: 2026 The Waybill authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "wb-sandbox-private.h"

#include <string.h>

/* "Name=code" by semicolons; a country without states takes any text for one. */
static const struct { const char *code; const char *name; const char *states; } places[] = {
  { "AU", "Australia",
    "Australian Capital Territory=ACT;New South Wales=NSW;Northern Territory=NT;Queensland=QLD;"
    "South Australia=SA;Tasmania=TAS;Victoria=VIC;Western Australia=WA" },
  { "AT", "Austria", NULL },
  { "BR", "Brazil",
    "Acre=AC;Alagoas=AL;Amapá=AP;Amazonas=AM;Bahia=BA;Ceará=CE;Distrito Federal=DF;"
    "Espírito Santo=ES;Goiás=GO;Maranhão=MA;Mato Grosso=MT;Mato Grosso do Sul=MS;Minas Gerais=MG;"
    "Pará=PA;Paraíba=PB;Paraná=PR;Pernambuco=PE;Piauí=PI;Rio de Janeiro=RJ;Rio Grande do Norte=RN;"
    "Rio Grande do Sul=RS;Rondônia=RO;Roraima=RR;Santa Catarina=SC;São Paulo=SP;Sergipe=SE;"
    "Tocantins=TO" },
  { "CA", "Canada",
    "Alberta=AB;British Columbia=BC;Manitoba=MB;New Brunswick=NB;Newfoundland and Labrador=NL;"
    "Northwest Territories=NT;Nova Scotia=NS;Nunavut=NU;Ontario=ON;Prince Edward Island=PE;"
    "Quebec=QC;Saskatchewan=SK;Yukon=YT" },
  { "DK", "Denmark", NULL },
  { "FR", "France", NULL },
  { "DE", "Germany", NULL },
  { "IN", "India",
    "Andhra Pradesh=AP;Assam=AS;Bihar=BR;Delhi=DL;Goa=GA;Gujarat=GJ;Haryana=HR;Karnataka=KA;"
    "Kerala=KL;Madhya Pradesh=MP;Maharashtra=MH;Odisha=OD;Punjab=PB;Rajasthan=RJ;Tamil Nadu=TN;"
    "Telangana=TG;Uttar Pradesh=UP;West Bengal=WB" },
  { "IE", "Ireland", NULL },
  { "IT", "Italy", NULL },
  { "JP", "Japan", NULL },
  { "MX", "Mexico", NULL },
  { "NL", "Netherlands", NULL },
  { "NZ", "New Zealand", NULL },
  { "NO", "Norway", NULL },
  { "PL", "Poland", NULL },
  { "PT", "Portugal", NULL },
  { "SG", "Singapore", NULL },
  { "ZA", "South Africa", NULL },
  { "ES", "Spain", NULL },
  { "SE", "Sweden", NULL },
  { "CH", "Switzerland", NULL },
  { "GB", "United Kingdom", NULL },
  { "US", "United States",
    "Alabama=AL;Alaska=AK;Arizona=AZ;Arkansas=AR;California=CA;Colorado=CO;Connecticut=CT;"
    "Delaware=DE;District of Columbia=DC;Florida=FL;Georgia=GA;Hawaii=HI;Idaho=ID;Illinois=IL;"
    "Indiana=IN;Iowa=IA;Kansas=KS;Kentucky=KY;Louisiana=LA;Maine=ME;Maryland=MD;Massachusetts=MA;"
    "Michigan=MI;Minnesota=MN;Mississippi=MS;Missouri=MO;Montana=MT;Nebraska=NE;Nevada=NV;"
    "New Hampshire=NH;New Jersey=NJ;New Mexico=NM;New York=NY;North Carolina=NC;North Dakota=ND;"
    "Ohio=OH;Oklahoma=OK;Oregon=OR;Pennsylvania=PA;Rhode Island=RI;South Carolina=SC;"
    "South Dakota=SD;Tennessee=TN;Texas=TX;Utah=UT;Vermont=VT;Virginia=VA;Washington=WA;"
    "West Virginia=WV;Wisconsin=WI;Wyoming=WY" },
};

static int
find_place (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (g_strcmp0 (places[i].code, code) == 0)
      return (int) i;
  return -1;
}

gboolean
wb_sb_has_country (const char *code)
{
  return find_place (code) >= 0;
}

static JsonObject *
states_of (guint place)
{
  g_auto (GStrv) pairs = g_strsplit (places[place].states ? places[place].states : "", ";", -1);
  JsonObject *map = json_object_new ();

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');

      *equals = '\0';
      json_object_set_string_member (map, pairs[i], equals + 1);
    }
  return map;
}

/* By code or by name: the papers show both. */
gboolean
wb_sb_has_state (const char *country, const char *state)
{
  int place = find_place (country);
  g_autoptr (JsonObject) map = place >= 0 ? states_of ((guint) place) : json_object_new ();
  g_autoptr (GList) names = json_object_get_members (map);

  for (GList *l = names; l != NULL; l = l->next)
    if (g_str_equal (l->data, state)
        || g_str_equal (json_object_get_string_member (map, l->data), state))
      return TRUE;
  return names == NULL;
}

WbSbReply *
wb_sb_list_countries (WbSbCall *call)
{
  JsonObject *map = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    json_object_set_string_member (map, places[i].name, places[i].code);
  return wb_sb_reply_new (200, "Countries fetched", wb_sb_node (map));
}

WbSbReply *
wb_sb_list_states (WbSbCall *call)
{
  const char *code = wb_sb_query (call, "countryCode");
  int place = code != NULL ? find_place (code) : -1;

  if (code == NULL)
    return wb_sb_refuse (400, "Please provide a countryCode");
  if (place < 0)
    return wb_sb_refuse (422, "countryCode must be the code of a country");
  return wb_sb_reply_new (200, "States fetched", wb_sb_node (states_of ((guint) place)));
}
