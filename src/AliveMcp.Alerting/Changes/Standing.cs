using System.Text.Json;
using System.Text.Json.Serialization;
using AliveMcp.Alerting.Messages;
using AliveMcp.Vocabulary;

namespace AliveMcp.Alerting.Changes;

/// <summary>
/// All that the tracker remembers of a server. What it is made of changes only with a minute that says something new: as long as it is the
/// same, nothing is written, and to apply such a minute twice is harmless.
/// </summary>
internal sealed record Standing
{
    private static readonly Dictionary<AlertKind, Run> NoRuns = [];

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
    };

    public static Standing New { get; } = new();

    /// <summary>It was seen live; before that nothing but <see cref="AlertKind.NeverLive"/> is told.</summary>
    public bool IsArmed { get; init; }

    /// <summary>The first minute there was of it, counted from 1970.</summary>
    public int? First { get; init; }

    /// <summary>The newest minute that was applied; minutes up to it are not applied again. Stored as of the last time that anything else changed.</summary>
    public int Last { get; init; }

    /// <summary>The first of the unknown minutes in a row; null: the last one was known.</summary>
    public int? UnknownSince { get; init; }

    /// <summary>How the door answers, as we know it: open until a change is confirmed.</summary>
    public Access Access { get; init; }

    /// <summary>Runs that are not calm.</summary>
    public IReadOnlyDictionary<AlertKind, Run> Runs { get; init; } = NoRuns;

    /// <summary>Minutes in which an outage opened or closed, lately.</summary>
    public IReadOnlyList<int> Turns { get; init; } = [];

    /// <summary>Minutes in which first tries failed although the server was there, lately.</summary>
    public IReadOnlyList<FailedTries> Failed { get; init; } = [];

    /// <summary>Armed, and nothing is or threatens to be wrong: a live minute like those before changes nothing.</summary>
    [JsonIgnore]
    public bool IsCalm => IsArmed && Runs.Count == 0 && UnknownSince is null;

    public Run Of(AlertKind kind) => Runs.GetValueOrDefault(kind, Run.Calm);

    public bool IsOpen(AlertKind kind) => Of(kind).Open is not null;

    /// <summary>The same run keeps the same standing.</summary>
    public Standing With(AlertKind kind, Run run)
    {
        if (ReferenceEquals(run, Of(kind)))
        {
            return this;
        }

        var runs = Runs.Where(pair => pair.Key != kind).ToDictionary(pair => pair.Key, pair => pair.Value);
        if (!run.IsCalm)
        {
            runs[kind] = run;
        }

        return this with
        {
            Runs = runs,
        };
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <exception cref="FormatException">It was not written by <see cref="ToJson"/>.</exception>
    public static Standing FromJson(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Standing>(text, Json) ?? New;
        }
        catch (JsonException fault)
        {
            throw new FormatException("A stored standing cannot be read.", fault);
        }
    }
}

/// <param name="Minute">Counted from 1970.</param>
/// <param name="Failed">First tries that failed in it.</param>
internal readonly record struct FailedTries(int Minute, int Failed);
