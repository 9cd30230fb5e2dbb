using System.Text.Json.Serialization;

namespace AliveMcp.Cli.Install;

/// <summary>A refusal as problem details.</summary>
internal sealed record InstallRefusal
{
    public string? Code { get; init; }

    public string? Detail { get; init; }

    public IReadOnlyList<RefusedField> Errors
    {
        get;
        // Problem details without the member arrive as null.
        init => field = value ?? field;
    } = [];
}

/// <summary>One of its problems.</summary>
internal sealed record RefusedField(string? Code, string? Message, string? Field);

/// <summary>How it is spelled on the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(InstallRefusal))]
internal sealed partial class InstallJson : JsonSerializerContext;
