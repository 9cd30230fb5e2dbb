using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using AliveMcp.Contracts;
using AliveMcp.Probing.Transports;

namespace AliveMcp.Probing.Judging;

/// <summary>
/// What the JSON behind a health URL says: an overall <c>status</c>, and the parts that it names. Knows the shapes that frameworks send:
/// the health+json draft, Spring's actuator, ASP.NET Core's health checks, and lists of <c>{name, status}</c>.
/// </summary>
internal sealed class HealthReport
{
    private const int MostParts = 100;
    private const int LongestWord = 40;

    private static readonly FrozenSet<string> WellWords = FrozenSet.ToFrozenSet(
        [
            "ok",
            "okay",
            "healthy",
            "up",
            "pass",
            "passing",
            "passed",
            "alive",
            "live",
            "ready",
            "running",
            "operational",
            "green",
            "success",
            "true",
        ],
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly string[] Containers =
    [
        "checks",
        "components",
        "details",
        "entries",
        "results",
        "services",
        "dependencies",
        "subsystems",
    ];

    private readonly List<(string Name, string Status, bool IsWell)> _parts = [];

    private HealthReport(JsonElement root)
    {
        Status = JsonMembers.TryFind(root, "status", out var status) ? WordOf(status) : null;
        foreach (var member in root.EnumerateObject())
        {
            var isContainer = Containers.Contains(JsonMembers.NameOf(member), StringComparer.OrdinalIgnoreCase);
            ReadParts(member, isContainer);
        }
    }

    /// <summary>The overall word; null when there is none.</summary>
    public string? Status { get; }

    /// <summary>Whether the overall word says well; without one nothing is said.</summary>
    public bool IsWell => Status is null || WellWords.Contains(Status);

    public bool NamesParts => _parts.Count > 0;

    /// <summary>The parts that are not well, for showing them: <c>db (down), cache (warn)</c>; null when there are none.</summary>
    public string? Trouble
    {
        get
        {
            var troubled = _parts.Where(part => !part.IsWell).Select(part => $"{part.Name} ({part.Status})").ToList();
            return troubled.Count == 0
                ? null
                : string.Join(", ", troubled.Take(5)) + (troubled.Count > 5 ? $" and {troubled.Count - 5} more" : "");
        }
    }

    /// <summary>Reads a body; null when it is no JSON object.</summary>
    public static HealthReport? Read(ReadOnlyMemory<byte> body, int depth)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = depth });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new HealthReport(document.RootElement)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void ReadParts(JsonProperty member, bool isContainer)
    {
        switch (member.Value.ValueKind)
        {
            case JsonValueKind.Object when isContainer:
                foreach (var part in member.Value.EnumerateObject())
                {
                    ReadPart(JsonMembers.NameOf(part), part.Value);
                }

                break;
            case JsonValueKind.Array when isContainer:
                foreach (var part in member.Value.EnumerateArray())
                {
                    ReadPart(
                        Json.Text(part, "name", LongestWord) ?? Json.Text(part, "id", LongestWord) ?? "a part",
                        part
                    );
                }

                break;
            case JsonValueKind.Object:
                ReadPart(JsonMembers.NameOf(member), member.Value);
                break;
        }
    }

    // A part is an object with a status, a word by itself, or (health+json) a list of measurements.
    private void ReadPart(string name, JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.Array)
        {
            foreach (var measured in part.EnumerateArray())
            {
                ReadPart(name, measured);
            }

            return;
        }

        var status =
            part.ValueKind == JsonValueKind.Object
                ? JsonMembers.TryFind(part, "status", out var inner)
                    ? WordOf(inner)
                    : null
                : part.ValueKind == JsonValueKind.String
                    ? WordOf(part)
                    : null;
        if (status is not null && _parts.Count < MostParts)
        {
            _parts.Add((name.Length > LongestWord ? name[..LongestWord] : name, status, WellWords.Contains(status)));
        }
    }

    private static string? WordOf(JsonElement status) =>
        status.ValueKind switch
        {
            JsonValueKind.String => Json.Text(status) is { Length: > 0 } text
                ? text[..Math.Min(text.Length, LongestWord)].Trim()
                : null,
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number when status.TryGetInt32(out var code) => code is >= 200 and < 300
                ? "ok"
                : code.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
}
