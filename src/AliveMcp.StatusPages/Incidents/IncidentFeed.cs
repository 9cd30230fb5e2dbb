using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using AliveMcp.Alerting.Incidents;
using AliveMcp.Servers.Catalogue;
using AliveMcp.StatusPages.Pages;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Incidents;

/// <summary>The incidents of a server for feed readers: Atom (RFC 4287) and JSON Feed 1.1. An entry keeps its id for ever and changes its time when something is said.</summary>
internal static class IncidentFeed
{
    private const string AtomNamespace = "http://www.w3.org/2005/Atom";

    /// <param name="server">Whose.</param>
    /// <param name="incidents">The newest first.</param>
    /// <param name="place">Where links begin, and whose ids these are.</param>
    public static byte[] Atom(ListedServer server, IReadOnlyList<ToldIncident> incidents, FeedPlace place)
    {
        var (origin, ids) = place;
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true };
        using (var xml = XmlWriter.Create(bytes, settings))
        {
            xml.WriteStartElement("feed", AtomNamespace);
            xml.WriteElementString("title", AtomNamespace, Title(server));
            xml.WriteElementString("id", AtomNamespace, ids.Of(server.Key.Server));
            xml.WriteElementString("updated", AtomNamespace, Instant(ChangedAt(incidents)));
            Link(xml, "self", origin + IncidentPaths.Atom(server.PublicSlug));
            Link(xml, "alternate", origin + "/status/" + server.PublicSlug);
            foreach (var incident in incidents)
            {
                Entry(xml, server, incident, place);
            }

            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    /// <inheritdoc cref="Atom"/>
    public static byte[] Json(ListedServer server, IReadOnlyList<ToldIncident> incidents, FeedPlace place)
    {
        var (origin, ids) = place;
        using var bytes = new MemoryStream();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(bytes, options))
        {
            json.WriteStartObject();
            json.WriteString("version", "https://jsonfeed.org/version/1.1");
            json.WriteString("title", Title(server));
            json.WriteString("home_page_url", origin + "/status/" + server.PublicSlug);
            json.WriteString("feed_url", origin + IncidentPaths.Json(server.PublicSlug));
            json.WriteStartArray("items");
            foreach (var incident in incidents)
            {
                json.WriteStartObject();
                json.WriteString("id", ids.Of(incident.Id));
                json.WriteString("url", origin + IncidentPaths.One(server.PublicSlug, incident.Id));
                json.WriteString("title", Title(incident));
                json.WriteString("content_text", Text(incident));
                json.WriteString("date_published", Instant(incident.StartedAt));
                json.WriteString("date_modified", Instant(IncidentWords.ChangedAt(incident)));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void Entry(XmlWriter xml, ListedServer server, ToldIncident incident, FeedPlace place)
    {
        xml.WriteStartElement("entry", AtomNamespace);
        xml.WriteElementString("title", AtomNamespace, Title(incident));
        xml.WriteElementString("id", AtomNamespace, place.Ids.Of(incident.Id));
        xml.WriteElementString("published", AtomNamespace, Instant(incident.StartedAt));
        xml.WriteElementString("updated", AtomNamespace, Instant(IncidentWords.ChangedAt(incident)));
        Link(xml, "alternate", place.Origin + IncidentPaths.One(server.PublicSlug, incident.Id));
        xml.WriteStartElement("author", AtomNamespace);
        xml.WriteElementString("name", AtomNamespace, "AliveMCP");
        xml.WriteEndElement();
        xml.WriteStartElement("content", AtomNamespace);
        xml.WriteAttributeString("type", "text");
        xml.WriteString(Text(incident));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string address)
    {
        xml.WriteStartElement("link", AtomNamespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    private static string Title(ListedServer server) => $"Incidents of {SafeText.Of(server.Name, 120)}";

    private static string Title(ToldIncident incident) => $"{incident.Title}: {IncidentWords.Standing(incident)}";

    private static string Text(ToldIncident incident)
    {
        string?[] lines =
        [
            IncidentWords.Summary(incident),
            IncidentWords.When(incident),
            IncidentWords.Where(incident),
            .. incident
                .Updates.Reverse()
                .Select(update => $"{Figures.Instant(update.At)}: {IncidentWords.Text(update)}"),
        ];
        return string.Join('\n', lines.Where(line => line is not null));
    }

    private static DateTimeOffset ChangedAt(IReadOnlyList<ToldIncident> incidents) =>
        incidents.Count == 0 ? DateTimeOffset.UnixEpoch : incidents.Max(IncidentWords.ChangedAt);

    private static string Instant(DateTimeOffset at) =>
        XmlConvert.ToString(at.UtcDateTime, XmlDateTimeSerializationMode.Utc);
}

/// <summary>Where a feed is.</summary>
/// <param name="Origin">Scheme and host of links; empty makes them relative.</param>
/// <param name="Ids">Of this install.</param>
internal sealed record FeedPlace(string Origin, FeedIds Ids);
