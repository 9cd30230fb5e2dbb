using AliveMcp.Servers.Maintenance;
using AliveMcp.Vocabulary;

namespace AliveMcp.Servers.Files;

/// <summary>Reads one of the windows under <c>maintenance</c>.</summary>
internal static class MaintenanceReader
{
    private const int MaxNote = 200;
    private const string Example = "for example 2026-12-01T22:00Z or 2026-12-01T23:00:00+01:00";

    private const int MaxRule = 200;
    private const int MaxZone = 64;

    private static readonly TimeSpan LongestAgain = TimeSpan.FromDays(7);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    private static readonly string[] Shapes = ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz"];

    /// <summary>Null when a time is wrong, which the reader's problems then hold.</summary>
    public static MaintenanceSpan? Read(MapReader reader) => Read(reader, FileWords.Maintenance);

    /// <param name="reader">The window.</param>
    /// <param name="known">Its fields, also those that are read elsewhere.</param>
    public static MaintenanceSpan? Read(MapReader reader, IReadOnlyList<string> known)
    {
        reader.RefuseUnknownKeys(known, "a maintenance window");
        var from = Instant(reader, "from");
        var to = Instant(reader, "to");
        var note = reader.Text("note", MaxNote);
        if (from is not { } begins || to is not { } ends)
        {
            return null;
        }

        if (ends <= begins || ends - begins > Longest)
        {
            reader.Refuse(
                "to_invalid",
                "to",
                reader.Field("to")!.Line,
                ends <= begins
                    ? "is not later than from; write the end of the window"
                    : $"is more than {Longest.Days} days after from; write several windows"
            );
        }

        var (rule, zone) = Again(reader, ends - begins);
        return new MaintenanceSpan(begins, ends, note) { Rule = rule, Zone = zone };
    }

    /// <summary>How it comes again.</summary>
    private static (string? Rule, string? Zone) Again(MapReader reader, TimeSpan length)
    {
        var rule = reader.Text("rrule", MaxRule);
        var zone = reader.Text("zone", MaxZone);
        if (rule is not null && Recurrence.Read(rule, out var why) is null)
        {
            reader.Refuse("rrule_invalid", "rrule", reader.Field("rrule")!.Line, why);
        }

        if (rule is not null && length > LongestAgain)
        {
            reader.Refuse(
                "to_invalid",
                "to",
                reader.Field("to")!.Line,
                $"is more than {LongestAgain.Days} days after from, which is too long for a window that comes again"
            );
        }

        if (zone is not null && (rule is null || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)))
        {
            reader.Refuse(
                "zone_invalid",
                "zone",
                reader.Field("zone")!.Line,
                rule is null
                    ? "belongs to a window that comes again; write rrule as well"
                    : $"'{SafeText.Of(zone, MaxZone)}' is no zone that we know, for example Europe/Zurich"
            );
        }

        return (rule, zone);
    }

    /// <summary>The body of a request that is one window; null when it is none, which <paramref name="problems"/> then holds.</summary>
    public static MaintenanceSpan? ReadBody(FileNode node, List<Problem> problems)
    {
        if (node is FileMap map)
        {
            return Read(new MapReader(map, place: "", who: "", problems));
        }

        problems.Add(new Problem("body_invalid", $"The body is {node.Kind}; send an object with from and to."));
        return null;
    }

    private static DateTimeOffset? Instant(MapReader reader, string field)
    {
        if (reader.Required(field, $"is missing; a window has from and to, {Example}") is not { } scalar)
        {
            return null;
        }

        var text = scalar.Text.EndsWith('Z') ? scalar.Text[..^1] + "+00:00" : scalar.Text;
        if (
            DateTimeOffset.TryParseExact(
                text,
                Shapes,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal,
                out var instant
            )
        )
        {
            return instant;
        }

        var shown = SafeText.Of(scalar.Text, 60);
        reader.Refuse(field + "_invalid", field, scalar.Line, $"'{shown}' is no moment with its offset, {Example}");
        return null;
    }
}
