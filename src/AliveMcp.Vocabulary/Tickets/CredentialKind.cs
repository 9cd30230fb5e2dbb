namespace AliveMcp.Vocabulary.Tickets;

/// <summary>How a credential is shown at the door. The numbers are stored.</summary>
public enum CredentialKind : byte
{
    /// <summary><c>Authorization: Bearer …</c> with a token that the owner gave (RFC 6750).</summary>
    Bearer = 1,

    /// <summary>A key in a header of the owner's choice, for example <c>X-API-Key</c>.</summary>
    Header = 2,

    /// <summary><c>Authorization: Basic …</c> (RFC 7617).</summary>
    Basic = 3,

    /// <summary>OAuth 2.1 client credentials: a token fetched from the configured token endpoint (RFC 6749, section 4.4).</summary>
    ClientCredentials = 4,
}
