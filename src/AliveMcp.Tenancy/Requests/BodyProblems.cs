using System.Text.Json;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Requests;

/// <summary>What stands against a body before anybody looks at what it says.</summary>
internal static class BodyProblems
{
    public static Problem NotJson(string? type) =>
        new(
            "media_type_unsupported",
            $"The body is '{SafeText.Of(type ?? "nothing that is named", 80)}'; send JSON, with Content-Type: application/json.",
            "Content-Type"
        );

    public static Problem TooLarge(int most) =>
        new("body_too_large", $"The body is longer than {most} bytes, which are the most here.");

    public static Problem Broken(JsonException fault)
    {
        var where = $"line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}";
        return new("json_malformed", $"The body is not JSON at {where}: {SafeText.Of(Reason(fault), 160)}", where);
    }

    /// <summary>The parser repeats the place in words of its own.</summary>
    private static string Reason(JsonException fault) => fault.Message.Split(" LineNumber:", 2)[0];

    /// <summary>Bytes that are no UTF-8, or half a surrogate pair.</summary>
    public static Problem NotText { get; } =
        new("json_malformed", "The body holds text that cannot be read: half a letter, or bytes that are no UTF-8.");
}
