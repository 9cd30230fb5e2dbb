using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AliveMcp.Tenancy.Letters;
using AliveMcp.Tenancy.Requests;
using AliveMcp.Tenancy.SignIn;

namespace AliveMcp.Alerting.Sinks.Email;

/// <summary>One mail address. The secret is what its reader stops the mails with; the web role knows its hash.</summary>
internal sealed class EmailSettings(SmtpRoute route) : ISinkSettings
{
    private const int Longest = 254;

    public SinkKind Kind => SinkKind.Email;

    public IReadOnlyList<string> Fields { get; } = ["email"];

    public IReadOnlyDictionary<string, string> OpenFields { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = "address" };

    public SinkWish? Read(BodyFields body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (body.Text("email", Longest) is not { } text)
        {
            SinkProblems.Missing(body, "email", "the address that alerts are sent to");
            return null;
        }

        if (!EmailAddress.TryParse(text, out var address))
        {
            body.Refuse("email", "email_invalid", "is no address");
            return null;
        }

        if (!route.IsOpen)
        {
            body.Refuse(
                "kind",
                "mail_not_configured",
                "is email, and this install has no mail server (Mail__Host, Mail__From)"
            );
            return null;
        }

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var settings = new JsonObject { ["address"] = address.Text, ["stop"] = HashOf(token) };
        return new SinkWish(settings, Encoding.ASCII.GetBytes(token));
    }

    public string Describe(JsonElement settings) => AddressOf(settings);

    public static string AddressOf(JsonElement settings) => settings.GetProperty("address").GetString() ?? "";

    /// <summary>As it stands in the settings.</summary>
    public static string HashOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
}
