using System.Text;
using System.Text.Json;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Vocabulary;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Servers.Files;

/// <summary>What is sent to be applied: a file alone, or with the secrets that it refers to.</summary>
/// <param name="Text">Of the file.</param>
/// <param name="Secrets">Null: none were sent along.</param>
internal sealed record ApplyBody(string Text, Func<SecretReference, string?>? Secrets)
{
    /// <summary>An object of <c>file</c> and <c>secrets</c>.</summary>
    public const string ContentType = "application/vnd.alivemcp.apply+json";

    /// <summary>A file of the largest size, every letter escaped.</summary>
    private const int Largest = 8 * FileReader.MaxLength;

    public static async Task<Result<ApplyBody>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) != true)
        {
            var text = await TextAsync(request, cancellationToken);
            return text.TryGet(out var file) ? new ApplyBody(file, null) : text.Problems.ToList();
        }

        var body = await JsonBody.ReadAsync(request, Largest, cancellationToken);
        if (!body.TryGet(out var json))
        {
            return body.Problems.ToList();
        }

        return
            json.ValueKind == JsonValueKind.Object
            && json.TryGetProperty("file", out var sent)
            && sent.ValueKind == JsonValueKind.String
            && json.TryGetProperty("secrets", out var secrets)
            && secrets.ValueKind == JsonValueKind.Object
            ? new ApplyBody(sent.GetString()!, reference => Find(secrets, reference))
            : FileProblems.NotWrapped;
    }

    private static string? Find(JsonElement secrets, SecretReference reference) =>
        secrets.TryGetProperty(reference.ToString(), out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>The body as text, read no further than a file may be long.</summary>
    public static async Task<Result<string>> TextAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > FileReader.MaxLength)
            {
                return FileProblems.TooLarge;
            }
        }

        try
        {
            var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            return strict.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (DecoderFallbackException)
        {
            return ServerProblems.NotUtf8;
        }
    }
}
