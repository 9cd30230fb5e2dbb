namespace AliveMcp.Tenancy.SignIn.Codes;

/// <summary>How a person's second factor stands.</summary>
/// <param name="IsOn">Signing in asks for a code.</param>
/// <param name="RecoveryCodesLeft">Unused recovery codes.</param>
public sealed record SecondFactor(bool IsOn, int RecoveryCodesLeft);
