using AliveMcp.Servers.Files;
using AliveMcp.Servers.Maintenance;

namespace AliveMcp.Servers.Acts;

/// <summary>A planned maintenance as its tenant sees it.</summary>
public sealed record PlannedWindow
{
    /// <summary>Stays as long as the window is not changed.</summary>
    public required int Id { get; init; }

    /// <summary>Slug of the server; left out: it is of those with <c>tags</c>, or of <c>all</c>.</summary>
    public string? Server { get; init; }

    /// <summary>Of servers with one of these.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Of all servers.</summary>
    public bool? All { get; init; }

    /// <summary>Its begin, or that of its first time, in UTC.</summary>
    public required string From { get; init; }

    /// <summary>Its end.</summary>
    public required string To { get; init; }

    /// <summary>What it is for; data, never markup.</summary>
    public string? Note { get; init; }

    /// <summary>When it comes again; left out: never.</summary>
    public string? Rrule { get; init; }

    /// <summary>By whose clocks it comes again; null: UTC.</summary>
    public string? Zone { get; init; }

    internal static PlannedWindow Of(int id, WideSpan wide) =>
        Of(id, server: null, wide.Span) with
        {
            Tags = wide.Tags.Count == 0 ? null : wide.Tags,
            All = wide.Tags.Count == 0 ? true : null,
        };

    internal static PlannedWindow Of(int id, string? server, MaintenanceSpan span)
    {
        var told = WindowSettings.Of(span);
        return new PlannedWindow
        {
            Id = id,
            Server = server,
            From = told.From,
            To = told.To,
            Note = told.Note,
            Rrule = told.Rrule,
            Zone = told.Zone,
        };
    }
}

/// <summary>A planned maintenance of more than one server, as a body or an entry of a file.</summary>
internal sealed record WideSettings
{
    /// <summary>Of servers with one of these.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>True, without tags: of all servers.</summary>
    public bool? All { get; init; }

    /// <summary>RFC 3339, with its offset.</summary>
    public required string From { get; init; }

    /// <summary>RFC 3339, with its offset; at most 31 days after <c>from</c>.</summary>
    public required string To { get; init; }

    public string? Note { get; init; }

    /// <summary>When it comes again: a rule of RFC 5545, for example <c>FREQ=WEEKLY;BYDAY=SU</c>.</summary>
    public string? Rrule { get; init; }

    /// <summary>By whose clocks it comes again, for example <c>Europe/Zurich</c>; UTC unless told.</summary>
    public string? Zone { get; init; }

    public static WideSettings Of(WideSpan wide)
    {
        var told = WindowSettings.Of(wide.Span);
        return new WideSettings
        {
            Tags = wide.Tags.Count == 0 ? null : wide.Tags,
            All = wide.Tags.Count == 0 ? true : null,
            From = told.From,
            To = told.To,
            Note = told.Note,
            Rrule = told.Rrule,
            Zone = told.Zone,
        };
    }
}

/// <summary>One page; <c>next</c> goes into <c>after</c> of the next request and is left out on the last page.</summary>
internal sealed record WindowPage(IReadOnlyList<PlannedWindow> Maintenance, int? Next);
